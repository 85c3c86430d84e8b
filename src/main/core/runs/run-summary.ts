/** A run in a line, for lists of runs. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { RunSummary } from '../../../shared/contract/run-view.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { Gate } from '../gate.js';
import { isBetter } from './checkpoint.js';
import { metricsTail } from './metrics-tail.js';
import { openRun, type Run } from './run.js';

/** The same folder has the same id, whatever it holds by and by. */
export function runId(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);
}

/** Summaries of runs that rest, and the files that they were read from: many runs are listed again and again. */
const known = new Map<string, { stamp: string; summary: RunSummary }>();
const MOST_KNOWN = 2_000;
/** Bytes of reports read at a time: a hundred runs of a day are not to be held at once. */
const reading = new Gate(8 * 2 ** 20);

/** A run that cannot be read is listed, too, with the reason. */
export async function summarizeRun(path: string): Promise<RunSummary> {
  const { stamp, changedAt, bytes } = await lookAt(path);
  const before = known.get(path);
  if (before?.stamp === stamp) return before.summary;
  const leave = await reading.enter(bytes);
  const summary = await readSummary({ id: runId(path), name: basename(path), path, changedAt }).finally(leave);
  known.delete(path);
  if (RESTING.includes(summary.state)) known.set(path, { stamp, summary });
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value as string);
  return summary;
}

/** What is trained changes by the second, what was interrupted may go on in any process, and what could not be read may be read next time. */
const RESTING: readonly RunSummary['state'][] = ['stopped', 'finished', 'failed'];

async function readSummary(named: Pick<RunSummary, 'id' | 'name' | 'path' | 'changedAt'>): Promise<RunSummary> {
  try {
    const run = await openRun(named.path);
    // A run that rests is read once and forgotten; one that is trained is read again in a moment.
    const metrics = RESTING.includes(run.state) ? await run.metrics() : await metricsTail.read(named.path);
    return { ...named, ...summaryOf(run, metrics) };
  } catch (error) {
    return { ...named, state: 'unreadable', reason: (error as Error).message };
  }
}

function summaryOf({ file, state, config }: Run, metrics: readonly MetricsLine[]): Omit<RunSummary, 'id' | 'name' | 'path' | 'changedAt'> {
  const { training, validation, test, folder } = file.data;
  const last = metrics.at(-1);
  return {
    state,
    reason: file.reason,
    preset: config.preset,
    folder,
    photographs: training + validation + test,
    step: Math.max(file.step, last?.step ?? 0),
    steps: file.steps,
    Q: file.network.Q,
    seconds: last?.seconds,
    best: bestOf(metrics, config.checkpoints.best),
  };
}

function bestOf(metrics: readonly MetricsLine[], measure: Parameters<typeof isBetter>[2]): RunSummary['best'] {
  let best: RunSummary['best'];
  for (const { step, validation } of metrics) {
    if (!validation || (best && !isBetter(validation, best, measure))) continue;
    best = { step, loss: validation.loss, auc: validation.auc, aucRebalanced: validation.aucRebalanced };
  }
  return best;
}

/** Both files by place, size and time: `run.json` is replaced at each change, `metrics.jsonl` grows. */
async function lookAt(path: string): Promise<{ stamp: string; changedAt: number; bytes: number }> {
  const [metrics, file] = await Promise.all(['metrics.jsonl', 'run.json'].map((name) => stat(join(path, name)).catch(() => undefined)));
  const stamp = [metrics, file].map((facts) => (facts ? `${facts.ino} ${facts.size} ${facts.mtimeMs}` : '')).join('; ');
  return { stamp, changedAt: (metrics ?? file)?.mtimeMs ?? 0, bytes: metrics?.size ?? 0 };
}
