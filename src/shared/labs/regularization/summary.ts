/** What came of an experiment: mean and spread of each penalty, comparisons between them, and sentences computed from both. */
import { count, counted, decimal } from '../../words/words.js';
import { spreadText } from '../spread-text.js';
import { comparePairs, spreadOf } from '../statistics.js';
import { PENALTY_NAMES, type PenaltyKind } from './penalties.js';
import { MEASURES, type Comparison, type PenaltyResult, type RegularizationResult, type RegularizationRun } from './results.js';

/** A number, or null where it is none: JSON knows no other. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The result of an experiment. @param runs Of each penalty, in the order they were asked for. @param threshold Largest size that counts as zero. */
export function summarize(runs: ReadonlyMap<PenaltyKind, readonly RegularizationRun[]>, threshold: number): RegularizationResult {
  const penalties = [...runs].map(([kind, list]) => penaltyResult(kind, list));
  const comparisons = penalties.flatMap((first, k) => penalties.slice(k + 1).flatMap((second) => MEASURES.map((measure) => comparison(measure, first, second))));
  return { penalties, comparisons, statements: statements(penalties, comparisons, threshold) };
}

function penaltyResult(kind: PenaltyKind, runs: readonly RegularizationRun[]): PenaltyResult {
  const sound = runs.filter(({ diverged }) => diverged === undefined);
  const percent = (zeros: 'zeroWeights' | 'exactZeros') => spread(sound.map(({ sparsity }) => (100 * sparsity[zeros]) / sparsity.weights));
  return {
    kind, runs: [...runs],
    error: spread(sound.map(({ error }) => error ?? NaN)),
    zeroWeights: percent('zeroWeights'),
    exactZeros: percent('exactZeros'),
    deadNeurons: spread(sound.map(({ sparsity }) => sparsity.deadNeurons)),
  };
}

/** Mean and spread as results hold them. */
export function spread(values: readonly number[]): PenaltyResult['error'] {
  const { mean, deviation, count } = spreadOf(values);
  return { mean: finiteOrNull(mean), deviation: finiteOrNull(deviation), count };
}

const VALUES: Record<Comparison['measure'], (run: RegularizationRun) => number> = {
  error: (run) => run.error ?? NaN,
  zeroWeights: ({ sparsity }) => sparsity.zeroWeights,
  deadNeurons: ({ sparsity }) => sparsity.deadNeurons,
};

function comparison(measure: Comparison['measure'], first: PenaltyResult, second: PenaltyResult): Comparison {
  const values = ({ runs }: PenaltyResult) => runs.map((run) => (run.diverged ? NaN : VALUES[measure](run)));
  const { difference, deviation, ...rest } = comparePairs(values(first), values(second));
  return { measure, first: first.kind, second: second.kind, difference: finiteOrNull(difference), deviation: finiteOrNull(deviation), ...rest };
}

function statements(penalties: readonly PenaltyResult[], comparisons: readonly Comparison[], threshold: number): string[] {
  return [
    ...penalties.flatMap(divergenceStatement),
    ...bestStatement(penalties),
    ...comparisons.filter(({ measure, first, second }) => measure === 'error' && first === 'l1' && second === 'l2').map(errorStatement),
    ...sparsityStatement(penalties, comparisons, threshold),
    ...exactStatement(penalties),
  ];
}

function divergenceStatement({ kind, runs }: PenaltyResult): string[] {
  const gone = runs.filter(({ diverged }) => diverged !== undefined);
  if (gone.length === 0) return [];
  const { step, cause } = gone[0].diverged!;
  return [`${PENALTY_NAMES[kind]}: ${gone.length} of ${runs.length} runs diverged, the first at step ${count(step)}. ${cause}`];
}

function bestStatement(penalties: readonly PenaltyResult[]): string[] {
  const ranked = penalties.filter(({ error }) => error.mean !== null).sort((a, b) => a.error.mean! - b.error.mean!);
  if (ranked.length < 2) return [];
  const [best, worst] = [ranked[0], ranked[ranked.length - 1]];
  return [
    `The lowest mean error is that of ${PENALTY_NAMES[best.kind]} (${figures(best)}), the highest that of ${PENALTY_NAMES[worst.kind]} (${figures(worst)}).`,
  ];
}

function figures({ error }: PenaltyResult): string {
  return `${spreadText(error, 2)} over ${counted(error.count, 'run')}`;
}

/** What two penalties' errors over the same points and starting weights say, in a sentence. */
export function errorStatement({ first, second, difference, interval, pairs, clear, firstLower }: Comparison): string {
  const [a, b] = [PENALTY_NAMES[first], PENALTY_NAMES[second]];
  if (difference === null || interval === null) return `${a} and ${b} cannot be compared: fewer than two pairs of runs came to an end.`;
  const span = `95 % interval ${decimal(interval[0], 2)} to ${decimal(interval[1], 2)}`;
  const lower = difference < 0 ? 'lower' : 'higher';
  const verdict = clear
    ? `the error of ${a} is ${lower} than that of ${b} by ${decimal(Math.abs(difference), 2)} (${span})`
    : `no clear difference in error between ${a} and ${b}: ${decimal(difference, 2)} (${span})`;
  return `Over ${pairs} pairs with the same points and starting weights, ${verdict}; ${a} was the lower in ${firstLower}.`;
}

function sparsityStatement(penalties: readonly PenaltyResult[], comparisons: readonly Comparison[], threshold: number): string[] {
  const [l1, l2] = (['l1', 'l2'] as const).map((kind) => penalties.find((one) => one.kind === kind));
  if (l1?.zeroWeights.mean == null || l2?.zeroWeights.mean == null) return [];
  const find = (wanted: Comparison['measure']) => comparisons.find(({ measure, first, second }) => measure === wanted && first === 'l1' && second === 'l2');
  const [weights, neurons] = [find('zeroWeights'), find('deadNeurons')];
  const sure = (one: Comparison | undefined) => (one?.clear ? 'a clear difference' : 'not a clear difference');
  return [
    `L1 leaves ${decimal(l1.zeroWeights.mean, 1)} % of the weights at or below ${threshold}, L2 ${decimal(l2.zeroWeights.mean, 1)} % (${sure(weights)}); ` +
      `of L1 ${decimal(l1.deadNeurons.mean!, 1)} neurons are dead, of L2 ${decimal(l2.deadNeurons.mean!, 1)} (${sure(neurons)}).`,
  ];
}

function exactStatement(penalties: readonly PenaltyResult[]): string[] {
  const pairs = [['l1', 'l1-proximal'], ['elastic', 'elastic-proximal']] as const;
  return pairs.flatMap(([plain, proximal]) => {
    const [a, b] = [plain, proximal].map((kind) => penalties.find((one) => one.kind === kind)?.exactZeros.mean);
    if (a == null || b == null) return [];
    return [`Exact zeros: ${PENALTY_NAMES[plain]} by its gradient ${decimal(a, 1)} % of the weights, by the proximal step ${decimal(b, 1)} %.`];
  });
}
