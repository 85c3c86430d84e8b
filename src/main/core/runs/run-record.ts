/** What every run writes of itself as it goes on: its state, reports line by line, and a log. */
import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFault, writeJsonWhole } from '../files.js';
import { releaseLock } from './lock.js';

const [METRICS, LOG] = ['metrics.jsonl', 'log.txt'];

/** The files that grow. */
export type GrowingFiles = Record<'metrics' | 'log', FileHandle>;

/** Opens the files of a folder whose lock this process holds. A last report that a kill cut off goes: the next one must not grow onto it. */
export async function openGrowingFiles(folder: string): Promise<GrowingFiles> {
  await cutTornLine(join(folder, METRICS));
  const [metrics, log] = await Promise.all([METRICS, LOG].map((name) => open(join(folder, name), 'a')));
  return { metrics, log };
}

/**
 * A run as the one process that works on it sees it; it holds the run's lock until `close`.
 * @typeParam F What the state file holds. @typeParam C What of it changes. @typeParam L A report.
 */
export abstract class RunRecord<F extends object, C extends object, L extends object = object> {
  private closed = false;

  /** @param name Of the state file. */
  protected constructor(readonly path: string, private readonly name: string, private current: F, private readonly files: GrowingFiles) {}

  /** The state file as it stands. */
  get file(): F {
    return this.current;
  }

  /** Changes the state file. A reason that is given as undefined is taken out. */
  async update(change: Partial<C>): Promise<void> {
    const next = { ...this.current, ...change };
    await writeJsonWhole(join(this.path, this.name), next);
    this.current = next;
  }

  /** Adds a report to metrics.jsonl. */
  report(line: L): Promise<void> {
    return this.append(this.files.metrics, METRICS, `${JSON.stringify(line)}\n`);
  }

  /** Adds a line to log.txt, with the time. */
  log(message: string): Promise<void> {
    return this.append(this.files.log, LOG, `${new Date().toISOString()} ${message.replaceAll('\n', ' ')}\n`);
  }

  /** Gives the run back; once. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.all([this.files.metrics.close(), this.files.log.close()]);
    await releaseLock(this.path);
  }

  /** Resolves when the reports so far are on the disk. */
  protected reportsWritten(): Promise<void> {
    return this.files.metrics.sync();
  }

  private async append(file: FileHandle, name: string, line: string): Promise<void> {
    try {
      await file.appendFile(line);
    } catch (error) {
      throw writeFault(join(this.path, name), error);
    }
  }
}

async function cutTornLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return;
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(path, whole);
}
