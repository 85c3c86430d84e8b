/** A run in a line, for lists of runs. */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { RunSummary } from '../../../shared/contract/run-view.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { readClusterRecord } from '../cluster/cluster-record.js';
import { isBetter } from './checkpoint.js';
import { metricsTail } from './metrics-tail.js';
import { RESTING, RestingSummaries } from './resting-summaries.js';
import { openRun, type Run } from './run.js';

/** The same folder has the same id, whatever it holds by and by. */
export function runId(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);
}

const summaries = new RestingSummaries<RunSummary>(['metrics.jsonl', 'run.json', 'cluster.json']);

/** A run that cannot be read is listed, too, with the reason. */
export function summarizeRun(path: string): Promise<RunSummary> {
  return summaries.of(path, (changedAt) => readSummary({ id: runId(path), name: basename(path), path, changedAt }));
}

async function readSummary(named: Pick<RunSummary, 'id' | 'name' | 'path' | 'changedAt'>): Promise<RunSummary> {
  try {
    const run = await openRun(named.path);
    // A run that rests is read once and forgotten; one that is trained is read again in a moment.
    const metrics = RESTING.includes(run.state) ? await run.metrics() : await metricsTail.read(named.path);
    const cluster = await readClusterRecord(named.path);
    return { ...named, ...summaryOf(run, metrics), hasCheckpoint: (await run.checkpoints()).length > 0, ...(cluster?.state === 'running' && { cluster: cluster.address }) };
  } catch (error) {
    return { ...named, state: 'unreadable', reason: (error as Error).message };
  }
}

function summaryOf({ file, state, config }: Run, metrics: readonly MetricsLine[]): Omit<RunSummary, 'id' | 'name' | 'path' | 'changedAt' | 'hasCheckpoint' | 'cluster'> {
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
    const { loss, auc, aucRebalanced, temperature } = validation;
    best = { step, loss, auc, aucRebalanced, temperature };
  }
  return best;
}
