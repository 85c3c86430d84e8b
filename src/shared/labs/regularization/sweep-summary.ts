/** What came of a sweep: error and sparsity against lambda, and the best of them. */
import { decimal } from '../../words/words.js';
import type { SweepConfig } from './config.js';
import { PENALTY_NAMES, type PenaltyKind } from './penalties.js';
import type { SweepPoint, SweepResult } from './results.js';
import { spread } from './summary.js';
import type { Sparsity } from './weights.js';

/** One training of a sweep. */
export interface SweepTrial {
  kind: PenaltyKind;
  lambda: number;
  diverged: boolean;
  /** Mean size of an error at a held-out point. */
  error: number;
  sparsity: Sparsity;
}

export function summarizeSweep(trials: readonly SweepTrial[], { penalty, sweep }: SweepConfig): SweepResult {
  const groups = new Map<string, SweepTrial[]>();
  for (const trial of trials) groups.set(keyOf(trial), [...(groups.get(keyOf(trial)) ?? []), trial]);
  const points = [...groups.values()].map(pointOf).sort((a, b) => penalty.kinds.indexOf(a.kind) - penalty.kinds.indexOf(b.kind) || a.lambda - b.lambda);
  const bestOfEach = penalty.kinds.flatMap((kind) => lowest(points.filter((point) => point.kind === kind)));
  const best = bestOfEach.reduce<SweepResult['best']>((so, one) => (so === null || one.error < so.error ? one : so), null);
  return { points, bestOfEach, best, statements: statements(points, bestOfEach, best, sweep.folds) };
}

function keyOf({ kind, lambda }: SweepTrial): string {
  return `${kind} ${lambda}`;
}

function pointOf(trials: readonly SweepTrial[]): SweepPoint {
  const [{ kind, lambda }] = trials;
  const sound = trials.filter(({ diverged }) => !diverged);
  return {
    kind, lambda, diverged: trials.length - sound.length,
    error: spread(sound.map(({ error }) => error)),
    zeroWeights: spread(sound.map(({ sparsity }) => (100 * sparsity.zeroWeights) / sparsity.weights)),
    deadNeurons: spread(sound.map(({ sparsity }) => sparsity.deadNeurons)),
  };
}

/** The lowest mean error among places where every training came to its end. */
function lowest(points: readonly SweepPoint[]): SweepResult['bestOfEach'] {
  const sound = points.filter(({ error, diverged }) => error.mean !== null && diverged === 0);
  if (sound.length === 0) return [];
  const { kind, lambda, error } = sound.reduce((so, point) => (point.error.mean! < so.error.mean! ? point : so));
  return [{ kind, lambda, error: error.mean! }];
}

function statements(points: readonly SweepPoint[], bestOfEach: SweepResult['bestOfEach'], best: SweepResult['best'], folds: number): string[] {
  const gone = points.filter(({ diverged }) => diverged > 0).map(({ kind, lambda }) => `${PENALTY_NAMES[kind]} at lambda ${lambda}`);
  const lost = gone.length > 0 ? [`Trainings diverged with ${gone.join(', ')}: these do not count for the best.`] : [];
  if (best === null) return [...lost, 'No place of the grid came to its end: try a lower rate.'];
  const spreadHere = points.find(({ kind, lambda }) => kind === best.kind && lambda === best.lambda)!.error.deviation!;
  const near = bestOfEach.filter((one) => one !== best && one.error - best.error <= spreadHere);
  return [
    ...lost,
    `The lowest error over ${folds} folds is ${decimal(best.error, 3)} a point: ${wordsOf(best)}.`,
    near.length > 0
      ? `Within one standard deviation of it (${decimal(spreadHere, 3)}): ${near.map(wordsOf).join('; ')}. The folds do not tell these apart.`
      : `No other penalty comes within one standard deviation of it (${decimal(spreadHere, 3)}).`,
  ];
}

function wordsOf({ kind, lambda, error }: SweepResult['bestOfEach'][number]): string {
  return `${PENALTY_NAMES[kind]}${kind === 'none' ? '' : ` with lambda ${lambda}`} (${decimal(error, 3)})`;
}
