/** Both losses with both penalties, with and without outliers, over the same noise and starting weights. */
import { performance } from 'node:perf_hooks';
import type { OutliersLab, PointSet } from '../../../../shared/labs/files.js';
import { LOSSES, type Loss, type RegularizationConfig } from '../../../../shared/labs/regularization/config.js';
import { linePoints, splitPoints } from '../../../../shared/labs/regularization/data.js';
import { outliersObstacle } from '../../../../shared/labs/regularization/obstacles.js';
import { summarizeOutliers, type OutlierTrials } from '../../../../shared/labs/regularization/outliers-summary.js';
import { penaltyStrengths } from '../../../../shared/labs/regularization/penalties.js';
import type { OutlierLines, OutliersResult } from '../../../../shared/labs/regularization/results.js';
import { seenPoints } from '../../../../shared/labs/regularization/seen-points.js';
import { finiteOrNull } from '../../../../shared/labs/regularization/summary.js';
import { answersOf, type Layer } from '../../../../shared/labs/regularization/weights.js';
import { Random } from '../../../../shared/random.js';
import { UserError } from '../../errors.js';
import type { JobContext } from '../../job.js';
import { checkRunPlace } from '../../runs/run-place.js';
import { LabWriter } from '../lab-folder.js';
import { labHead } from '../lab-head.js';
import { checkSize, drawnStart, trialSettings, type NamedTrial } from './experiment.js';
import { pointSet } from './points.js';
import { lostAmong, tellingTimes } from './standing.js';
import { trainTrials } from './trials.js';

export interface OutliersOptions {
  config: RegularizationConfig;
  /** Where the run is made; must not hold anything yet. */
  out: string;
}

const PENALTIES = ['l1', 'l2'] as const;
const SIDES = ['with', 'without'] as const;

interface OutlierTrial extends NamedTrial {
  kind: (typeof PENALTIES)[number];
  side: (typeof SIDES)[number];
}

/**
 * @throws UserError when there are no outliers to take away, or it cannot start; the signal's reason when stopped
 */
export async function runOutliers({ config, out }: OutliersOptions, context: JobContext): Promise<{ run: string; result: OutliersResult; seconds: number }> {
  const obstacle = outliersObstacle(config.data);
  if (obstacle !== undefined) throw new UserError(obstacle);
  await checkRunPlace(out);
  const begun = performance.now();
  checkSize(config.runs * LOSSES.length * PENALTIES.length * SIDES.length, config.data.points, config);
  const trials = outlierTrials(config);
  const file: OutliersLab = { ...labHead(), kind: 'outliers', config };
  const writer = await LabWriter.create(out, file, { 'points.json': [...new Set(trials.map(({ points }) => points))] });
  return writer.during(context.signal, async () => {
    const { epochs } = config;
    const { progress } = context;
    const isTime = tellingTimes();
    progress.emit('started', { run: writer.path, networks: trials.length });
    await writer.log(`training ${trials.length} networks`);
    const end = await trainTrials(trials, trialSettings(config), context, ({ epoch, population }) => {
      progress.progress({ phase: 'Training', done: epoch, total: epochs, unit: 'epochs' });
      if (!isTime()) return;
      const layers = population.layers();
      progress.emit('standing', { epoch, epochs, result: resultOf(trials, layers, lostAmong(layers), config) });
    });
    const result = resultOf(trials, end.layers, end.diverged.map((one) => one !== undefined), config);
    await writer.finish(result);
    return { run: writer.path, result, seconds: (performance.now() - begun) / 1000 };
  });
}

function outlierTrials(config: RegularizationConfig): OutlierTrial[] {
  const { runs, penalty } = config;
  const start = drawnStart(config);
  return Array.from({ length: runs }, (_, run) => run).flatMap((run) => {
    const layers = start(run);
    const sets = setsOf(config, config.data.redrawn ? run : 0);
    return LOSSES.flatMap((loss) =>
      PENALTIES.flatMap((kind) =>
        SIDES.map((side) => ({
          kind, side, run, order: run, loss, points: sets[side], ...seenPoints(sets[side]), split: sets[side], start: layers,
          strengths: penaltyStrengths(kind, penalty.lambda, penalty.mix),
        })),
      ),
    );
  });
}

/** The same noise and division with and without outliers. */
function setsOf({ seed, data }: RegularizationConfig, set: number): Record<OutlierTrial['side'], PointSet> {
  const points = (outliers: number) => linePoints({ ...data, outliers }, new Random(seed, 'points', set));
  const split = splitPoints(data.points, data.testShare, new Random(seed, 'split', set));
  return { with: pointSet(points(data.outliers), split, false), without: pointSet(points(0), split, false) };
}

function resultOf(trials: readonly OutlierTrial[], layers: readonly Layer[][], lost: readonly boolean[], config: RegularizationConfig): OutliersResult {
  const answers = trials.map(({ x }, r) => (lost[r] ? new Float64Array(x.length).fill(NaN) : answersOf(layers[r], config.network.activation, x)));
  return summarizeOutliers(LOSSES.flatMap((loss) => PENALTIES.map((penalty) => {
    const isOf = (trial: OutlierTrial, side: OutlierTrial['side']) => trial.loss === loss && trial.kind === penalty && trial.side === side;
    const networks = (side: OutlierTrial['side']) => layers.filter((_, r) => isOf(trials[r], side) && !lost[r]);
    return { ...outcomeOf(trials, answers, config.runs, loss, penalty), lines: linesOf(networks, config) };
  })));
}

/** Places at which fitted lines are kept; a curve needs many. */
const PLACES = 24;

function linesOf(networksOf: (side: OutlierTrial['side']) => readonly (readonly Layer[])[], { data, network }: RegularizationConfig): OutlierLines {
  const x = Array.from({ length: PLACES }, (_, k) => data.from + ((data.to - data.from) * k) / (PLACES - 1));
  const mean = (networks: readonly (readonly Layer[])[]) => {
    const lines = networks.map((layers) => answersOf(layers, network.activation, x));
    return x.map((_, k) => finiteOrNull(lines.reduce((sum, line) => sum + line[k], 0) / lines.length));
  };
  return { x, withOutliers: mean(networksOf('with')), withoutOutliers: mean(networksOf('without')) };
}

function outcomeOf(trials: readonly OutlierTrial[], answers: readonly Float64Array[], runs: number, loss: Loss, penalty: OutlierTrial['kind']): OutlierTrials {
  const pairs = Array.from({ length: runs }, (_, run) =>
    SIDES.map((side) => trials.findIndex((trial) => trial.run === run && trial.loss === loss && trial.kind === penalty && trial.side === side)),
  );
  const rows = pairs.map(([marred, clean]) => {
    const [f, g] = [answers[marred], answers[clean]];
    const { y, split } = trials[clean];
    const error = (values: Float64Array) => split.test.reduce((sum, k) => sum + Math.abs(values[k] - y[k]), 0) / split.test.length;
    return { withOutliers: error(f), withoutOutliers: error(g), pull: f.reduce((sum, v, k) => sum + Math.abs(v - g[k]), 0) / f.length };
  });
  return {
    loss, penalty,
    withOutliers: rows.map(({ withOutliers }) => withOutliers),
    withoutOutliers: rows.map(({ withoutOutliers }) => withoutOutliers),
    pulls: rows.map(({ pull }) => pull),
  };
}
