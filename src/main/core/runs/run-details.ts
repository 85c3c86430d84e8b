/** A run with its curves, for a window. */
import type { RunDetails } from '../../../shared/contract/run-view.js';
import { listFilters } from './filter-snapshot.js';
import { metricsTail } from './metrics-tail.js';
import { openRun } from './run.js';
import { summarizeRun } from './run-summary.js';
import { thinned } from '../../../shared/run/thinned.js';

/** Lines of the log that are shown. */
const LOG_LINES = 500;

/**
 * @param path The run's folder.
 * @param points Most reports that are handed over.
 * @throws UserError when it cannot be opened.
 */
export async function runDetails(path: string, points: number): Promise<RunDetails> {
  const run = await openRun(path);
  const [summary, prior, metrics, previews, checkpoints, filters, estimate, log] = await Promise.all([
    summarizeRun(path), run.prior().catch(() => null), metricsTail.read(path), run.previews(), run.checkpoints(), listFilters(path), run.estimate(), run.log(),
  ]);
  return {
    summary,
    file: run.file,
    prior,
    metrics: thinned(metrics, points, ({ validation }) => validation !== undefined),
    previews: previews.map(({ step }) => step),
    checkpoints: checkpoints.map(({ step }) => step),
    filters: filters.map(({ step }) => step),
    estimate,
    log: log.trimEnd().split('\n').slice(-LOG_LINES),
  };
}
