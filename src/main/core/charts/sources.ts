/**
 * Which charts a folder of photographs, a run, and several runs have.
 */
import { basename } from 'node:path';
import { accuracyChart } from '../../../shared/charts/accuracy-curves.js';
import { abHistogramChart, type AbHistogramData } from '../../../shared/charts/ab-histogram.js';
import type { Chart } from '../../../shared/charts/chart.js';
import { comparedCharts } from '../../../shared/charts/compared-curves.js';
import { filterChart } from '../../../shared/charts/filter-grid.js';
import { priorChart } from '../../../shared/charts/prior-chart.js';
import { aucChart, lossChart, type TrainingCurvesData } from '../../../shared/charts/training-curves.js';
import { usedTilesChart } from '../../../shared/charts/used-tiles.js';
import { usedBins } from '../../../shared/colour/bins.js';
import { AB_CELLS } from '../../../shared/colour/cells.js';
import type { ColourHistogram } from '../../../shared/colour/histogram.js';
import { rebalancingWeights } from '../../../shared/colour/prior.js';
import { binsOfPrior } from '../../../shared/run/prior.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { ColoursFile, PriorFile } from '../../../shared/run/files.js';
import { listEvaluations } from '../evaluation/kept-evaluations.js';
import { UserError } from '../errors.js';
import { openColorizer, openRun, type Run } from '../runs/index.js';
import { namesApart } from './names-apart.js';

/** What is shown of a set that has not been trained on: the post's lambda. */
const LAMBDA = 0.5;

/** Colours, bins and weights of a set of photographs. @throws {BinError} when the set has too few colours at the window */
export function chartsOfPhotographs(histogram: ColourHistogram, photographs: number, window: number): Chart[] {
  const bins = usedBins(histogram, window);
  const weights = rebalancingWeights(bins, { lambda: LAMBDA, smoothing: 0 });
  return [
    abHistogramChart({ cells: histogram.sparse(), photographs }),
    usedTilesChart(bins),
    priorChart({ bins, weights, settings: rebalancingText({ lambda: LAMBDA, smoothing: 0 }) }),
  ];
}

/** Colours, bins, weights, curves and filters of a run; the filters from its best checkpoint, none before the first one. */
export async function chartsOfRun(run: Run): Promise<Chart[]> {
  const prior = await run.prior();
  const bins = binsOfPrior(prior);
  const curves = await curvesOfRun(run);
  const colours = await run.colours();
  return [
    ...(colours === undefined ? [] : [abHistogramChart(histogramOf(colours))]),
    usedTilesChart(bins),
    priorChart({ bins, weights: weightsOf(prior), settings: settingsText(run.config, prior) }),
    ...(curves.metrics.length > 0 ? [lossChart(curves)] : []),
    ...(curves.metrics.some(({ validation }) => validation) ? [aucChart(curves)] : []),
    ...(await accuracyCharts(run)),
    ...(await filterCharts(run)),
  ];
}

/** How several trainings went, over each other. @throws UserError where one is no run, or none has validated yet */
export async function chartsOfRuns(paths: readonly string[]): Promise<Chart[]> {
  const runs = await Promise.all(paths.map((path) => openRun(path)));
  const metrics = await Promise.all(runs.map((run) => run.metrics()));
  if (!metrics.some((lines) => lines.some(({ validation }) => validation))) throw new UserError('None of these runs has looked at its validation photographs yet, so there is nothing to draw.');
  return comparedCharts(namesApart(paths).map((name, k) => ({ name, metrics: metrics[k] })));
}

/** The colours kept in a run, as their chart takes them. */
export function histogramOf({ photographs, cells, counts }: ColoursFile): AbHistogramData {
  return { photographs, cells: cells.map((cell, k) => [Math.floor(cell / AB_CELLS), cell % AB_CELLS, counts[k]]) };
}

export async function curvesOfRun(run: Run): Promise<TrainingCurvesData> {
  return { run: basename(run.path), metrics: await run.metrics(), resumes: resumesIn(await run.log()) };
}

/** Of the newest evaluation that can be read, if there is one. */
async function accuracyCharts(run: Run): Promise<Chart[]> {
  const newest = (await listEvaluations(run.path)).find((one) => 'file' in one);
  return newest ? [accuracyChart(newest.file, 'raw'), accuracyChart(newest.file, 'rebalanced')] : [];
}

async function filterCharts(run: Run): Promise<Chart[]> {
  if ((await run.checkpoints()).length === 0) return [];
  const colorizer = await openColorizer(run);
  try {
    return colorizer.filters().map((layer) => filterChart(layer));
  } finally {
    colorizer.close();
  }
}

export function weightsOf({ bins }: PriorFile) {
  return { p: Float64Array.from(bins, ({ prior }) => prior), w: Float64Array.from(bins, ({ weight }) => weight) };
}

/** What was set for a run's weights. */
export function settingsText({ bins }: TrainingConfig, prior: PriorFile): string {
  return bins.rebalancing ? rebalancingText(prior) : 'not rebalanced';
}

function rebalancingText({ lambda, smoothing }: Pick<PriorFile, 'lambda' | 'smoothing'>): string {
  return `lambda ${lambda}, ${smoothing > 0 ? `smoothed over ${smoothing} ab units` : 'not smoothed'}`;
}

/** Steps from which the log says that a training went on; the first start is none. */
export function resumesIn(log: string): number[] {
  return Array.from(log.matchAll(/^\S+ training from step (\d+) to /gm), ([, step]) => Number(step)).filter((step) => step > 0);
}
