/**
 * The reports of runs for a reader that asks again and again: what was read before is kept, and only what was added since is read.
 * A run of a day has more reports than should be parsed at every glance.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMetrics, type MetricsLine } from '../../../shared/run/metrics.js';

/** Reports kept of all runs together; the run not asked for longest goes first. About 100 MB. */
const MOST_LINES = 300_000;
const NEW_LINE = 0x0a;
/** A line or so. */
const MARK_BYTES = 300;

interface Known {
  /** Bytes read, up to the end of a line. */
  bytes: number;
  /** The last of them: a file that took the place of the one read has others there. */
  mark: Buffer;
  /** By ascending step. */
  lines: MetricsLine[];
}

export class MetricsTail {
  /** By path, least recently asked for first. */
  private readonly known = new Map<string, Known>();
  private readonly reading = new Map<string, Promise<readonly MetricsLine[]>>();

  constructor(private readonly most = MOST_LINES) {}

  /** Every report of a run by ascending step, as `Run.metrics` gives them; do not change them. Empty where there are none. */
  read(run: string): Promise<readonly MetricsLine[]> {
    // Two readers of one file would both append.
    const reading = this.reading.get(run) ?? this.readOn(run).finally(() => this.reading.delete(run));
    this.reading.set(run, reading);
    return reading;
  }

  private async readOn(run: string): Promise<readonly MetricsLine[]> {
    const file = await open(join(run, 'metrics.jsonl')).catch(() => undefined);
    if (!file) return [];
    try {
      const known = await this.caughtUp(run, file);
      this.known.delete(run);
      this.known.set(run, known);
      this.makeRoom();
      return known.lines;
    } finally {
      await file.close();
    }
  }

  private async caughtUp(run: string, file: FileHandle): Promise<Known> {
    const { size } = await file.stat();
    const before = this.known.get(run);
    // A resumed run is cut where its last line was torn: that lies behind what was read, since only whole lines are.
    const known = before && (await isSame(file, before)) ? before : { bytes: 0, mark: Buffer.alloc(0), lines: [] };
    const added = await readFrom(file, known.bytes, size);
    const whole = added.subarray(0, added.lastIndexOf(NEW_LINE) + 1);
    if (whole.length === 0) return known;
    return {
      bytes: known.bytes + whole.length,
      mark: Buffer.from(whole.subarray(-MARK_BYTES)),
      lines: withLines(known.lines, parseMetrics(whole.toString('utf8'))),
    };
  }

  private makeRoom(): void {
    let lines = [...this.known.values()].reduce((sum, known) => sum + known.lines.length, 0);
    for (const [run, known] of this.known) {
      if (lines <= this.most || this.known.size === 1) return;
      this.known.delete(run);
      lines -= known.lines.length;
    }
  }
}

async function isSame(file: FileHandle, { bytes, mark }: Known): Promise<boolean> {
  return (await readFrom(file, bytes - mark.length, bytes)).equals(mark);
}

async function readFrom(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}

/** Of a step that is reported again, after a resume, the later report counts. */
function withLines(before: readonly MetricsLine[], added: readonly MetricsLine[]): MetricsLine[] {
  if (added.length === 0) return before as MetricsLine[];
  const first = added[0].step;
  const last = before.at(-1)?.step ?? -1;
  if (first > last) return [...before, ...added];
  const bySteps = new Map([...before, ...added].map((line) => [line.step, line]));
  return [...bySteps.values()].sort((x, y) => x.step - y.step);
}

/** Of this process. */
export const metricsTail = new MetricsTail();
