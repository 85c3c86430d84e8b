/** Lambda over a grid for each penalty, every value judged by k-fold cross-validation. */
import { performance } from 'node:perf_hooks';
import type { SweepLab } from '../../../../shared/labs/files.js';
import type { SweepConfig } from '../../../../shared/labs/regularization/config.js';
import { foldsOf, linePoints } from '../../../../shared/labs/regularization/data.js';
import { penaltyStrengths, type PenaltyKind } from '../../../../shared/labs/regularization/penalties.js';
import type { SweepResult } from '../../../../shared/labs/regularization/results.js';
import { seenPoints } from '../../../../shared/labs/regularization/seen-points.js';
import { summarizeSweep, type SweepTrial } from '../../../../shared/labs/regularization/sweep-summary.js';
import { answersOf, sparsityOf, type Layer } from '../../../../shared/labs/regularization/weights.js';
import { Random } from '../../../../shared/random.js';
import { UserError } from '../../errors.js';
import type { JobContext } from '../../job.js';
import { checkRunPlace } from '../../runs/run-place.js';
import { LabWriter } from '../lab-folder.js';
import { labHead } from '../lab-head.js';
import { checkSize, drawnStart, sumOfErrors, trialSettings, type NamedTrial } from './experiment.js';
import { pointSet, readPoints } from './points.js';
import { lostAmong, tellingTimes } from './standing.js';
import { trainTrials } from './trials.js';

export interface SweepOptions {
  config: SweepConfig;
  /** Where the run is made; must not hold anything yet. */
  out: string;
}

/** A training at one place of the grid, on one fold. */
interface GridTrial extends NamedTrial {
  lambda: number;
  fold: number;
}

/**
 * Trains every penalty with every lambda on every fold, side by side.
 * @throws UserError when it cannot start; the signal's reason when stopped
 */
export async function runSweep({ config, out }: SweepOptions, context: JobContext): Promise<{ run: string; result: SweepResult; seconds: number }> {
  await checkRunPlace(out);
  const begun = performance.now();
  const trials = await gridTrials(config);
  const file: SweepLab = { ...labHead(), kind: 'sweep', config };
  const sets = [...new Map(trials.map(({ fold, points }) => [fold, points])).values()];
  const writer = await LabWriter.create(out, file, { 'points.json': sets });
  return writer.during(context.signal, async () => {
    context.progress.emit('started', { run: writer.path, networks: trials.length });
    await writer.log(`training ${trials.length} networks on ${config.sweep.folds} folds`);
    const ends = await trainGroups(trials, config, context);
    const result = summarizeSweep(ends, config);
    await writer.finish(result);
    return { run: writer.path, result, seconds: (performance.now() - begun) / 1000 };
  });
}

async function gridTrials(config: SweepConfig): Promise<GridTrial[]> {
  const { seed, data, sweep, penalty, runs, loss } = config;
  const points = data.kind === 'csv' ? await readPoints(data) : linePoints(data, new Random(seed, 'points', 0));
  const places = placesOf(penalty.kinds, sweep.lambdas);
  const count = points.x.length;
  if (sweep.folds > count) throw new UserError(`${count} points cannot be divided into ${sweep.folds} folds: set sweep.folds to ${count} at most.`);
  checkSize(places.length * sweep.folds * runs, count, config);
  const folds = foldsOf(count, sweep.folds, new Random(seed, 'folds')).map((split) => pointSet(points, split, data.kind === 'csv'));
  const start = drawnStart(config);
  const layers = Array.from({ length: runs }, (_, run) => start(run));
  return places.flatMap(({ kind, lambda }) =>
    folds.flatMap((set, fold) =>
      layers.map((own, run) => ({
        kind, lambda, fold, run, order: run, points: set, ...seenPoints(set), split: set, start: own, loss,
        strengths: penaltyStrengths(kind, lambda, penalty.mix),
      })),
    ),
  );
}

/** Every penalty with every lambda; without a penalty there is nothing to vary. */
function placesOf(kinds: readonly PenaltyKind[], lambdas: readonly number[]): { kind: PenaltyKind; lambda: number }[] {
  const ascending = [...new Set(lambdas)].sort((a, b) => a - b);
  return kinds.flatMap<{ kind: PenaltyKind; lambda: number }>((kind) => (kind === 'none' ? [{ kind, lambda: 0 }] : ascending.map((lambda) => ({ kind, lambda }))));
}

/** Folds differ by a point where the points do not divide evenly: those of one size train together. */
async function trainGroups(trials: readonly GridTrial[], config: SweepConfig, { signal, progress }: JobContext): Promise<SweepTrial[]> {
  const sizes = [...new Set(trials.map(({ split }) => split.training.length))];
  const total = sizes.length * config.epochs;
  const isTime = tellingTimes();
  const ends: SweepTrial[] = [];
  for (const [group, size] of sizes.entries()) {
    const own = trials.filter(({ split }) => split.training.length === size);
    const end = await trainTrials(own, trialSettings(config), { signal, progress }, ({ epoch, population }) => {
      const done = group * config.epochs + epoch;
      progress.progress({ phase: 'Training', done, total, unit: 'epochs' });
      if (!isTime()) return;
      const layers = population.layers();
      progress.emit('standing', { epoch: done, epochs: total, result: summarizeSweep([...ends, ...outcomesOf(own, layers, lostAmong(layers), config)], config) });
    });
    ends.push(...outcomesOf(own, end.layers, end.diverged.map((one) => one !== undefined), config));
  }
  return ends;
}

function outcomesOf(trials: readonly GridTrial[], layers: readonly Layer[][], lost: readonly boolean[], config: SweepConfig): SweepTrial[] {
  return trials.map((trial, r) => {
    const answers = answersOf(layers[r], config.network.activation, trial.x);
    const { test } = trial.split;
    return {
      kind: trial.kind, lambda: trial.lambda, diverged: lost[r],
      error: sumOfErrors(trial, answers, test) / test.length, sparsity: sparsityOf(layers[r], config.threshold),
    };
  });
}
