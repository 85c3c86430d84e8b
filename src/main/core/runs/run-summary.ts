/** A run in a line, for lists of runs. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { RunSummary } from '../../../shared/contract/run-view.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { isBetter } from './checkpoint.js';
import { metricsTail } from './metrics-tail.js';
import { openRun, type Run } from './run.js';

/** The same folder has the same id, whatever it holds by and by. */
export function runId(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);
}

/** A run that cannot be read is listed, too, with the reason. */
export async function summarizeRun(path: string): Promise<RunSummary> {
  const named = { id: runId(path), name: basename(path), path, changedAt: await changedAt(path) };
  try {
    const run = await openRun(path);
    return { ...named, ...summaryOf(run, await metricsTail.read(path)) };
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

async function changedAt(path: string): Promise<number> {
  const facts = await stat(join(path, 'metrics.jsonl')).catch(() => stat(join(path, 'run.json'))).catch(() => undefined);
  return facts?.mtimeMs ?? 0;
}
