/**
 * The guided pages of the laboratories: what the post claims, the preset that tries it, and what came out here, computed from the run.
 */
import { counted, decimal } from '../words/words.js';
import { ACTIVATION_NAMES } from './activations/functions.js';
import { ACTIVATIONS_PRESETS, type ActivationsPreset } from './activations/config.js';
import type { ActivationsResult } from './activations/results.js';
import type { RegularizationPreset } from './regularization/presets.js';
import { PENALTY_NAMES } from './regularization/penalties.js';
import { spreadText } from './spread-text.js';
import { spreadOf } from './statistics.js';
import type { Comparison, PenaltyResult, RegularizationResult } from './regularization/results.js';

export interface Claim<Result, Preset> {
  /** In our words. */
  claim: string;
  /** What the button runs. */
  preset: Preset;
  /** What the run says to it; undefined where it did not train what the claim is about. */
  outcome(result: Result): string | undefined;
}

export const REGULARIZATION_GUIDE: readonly Claim<RegularizationResult, RegularizationPreset>[] = [
  { claim: 'L1 sets whole neurons to zero; L2 makes all weights small instead.', preset: 'post', outcome: zerosOutcome },
  { claim: 'Over five runs L2 had the lower errors for the most part.', preset: 'paired', outcome: errorsOutcome },
  { claim: 'L1 leaves zeros in the weights.', preset: 'sparse', outcome: exactOutcome },
  { claim: 'Far outliers leave neither with a good result.', preset: 'calm', outcome: levelOutcome },
];

export const ACTIVATIONS_GUIDE: readonly Claim<ActivationsResult, ActivationsPreset>[] = [
  { claim: 'With batch normalization plain ReLU does best, and without it nearly so.', preset: 'post', outcome: reluOutcome },
  { claim: 'RReLU is among the worst.', preset: 'post', outcome: rreluOutcome },
  { claim: "ELU's negative outputs bring the mean of the units closer to zero, as batch normalization does.", preset: 'post', outcome: meansOutcome },
];

function penalty({ penalties }: RegularizationResult, kind: PenaltyResult['kind']): PenaltyResult | undefined {
  return penalties.find((one) => one.kind === kind && one.error.mean !== null);
}

function comparison({ comparisons }: RegularizationResult, measure: Comparison['measure']): Comparison | undefined {
  return comparisons.find((one) => one.measure === measure && one.first === 'l1' && one.second === 'l2' && one.difference !== null);
}

function zerosOutcome(result: RegularizationResult): string | undefined {
  const [l1, l2] = [penalty(result, 'l1'), penalty(result, 'l2')];
  if (l1 === undefined || l2 === undefined) return undefined;
  const { neurons } = l1.runs[0].sparsity;
  return `Here ${decimal(l1.deadNeurons.mean!, 1)} of ${neurons} neurons are dead under L1 and ${decimal(l2.deadNeurons.mean!, 1)} under L2, mean over ${counted(l1.runs.length, 'run')}: all weights into them or out of them are zero.`;
}

function errorsOutcome(result: RegularizationResult): string | undefined {
  const found = comparison(result, 'error');
  if (found === undefined || found.interval === null) return undefined;
  const { firstLower, pairs, clear, difference } = found;
  const verdict = clear ? `the difference is clear: ${decimal(difference!, 2)}` : `the mean difference, ${decimal(difference!, 2)}, is within what the runs spread`;
  return `Here L2 had the lower error in ${pairs - firstLower} of ${pairs} pairs of runs; ${verdict}.`;
}

function exactOutcome(result: RegularizationResult): string | undefined {
  const [plain, proximal] = [penalty(result, 'l1'), penalty(result, 'l1-proximal')];
  if (plain === undefined || proximal === undefined) return undefined;
  return `Here L1 by its gradient left ${decimal(plain.exactZeros.mean!, 1)} % of the weights exactly zero, and ${decimal(plain.zeroWeights.mean!, 1)} % as small as counts for zero; ` +
    `by the proximal step ${decimal(proximal.exactZeros.mean!, 1)} % are exactly zero.`;
}

function levelOutcome(result: RegularizationResult): string | undefined {
  const sound = result.penalties.filter(({ error }) => error.mean !== null);
  if (sound.length === 0) return undefined;
  return `Without outliers the mean errors here: ${sound.map(({ kind, error }) => `${PENALTY_NAMES[kind]} ${spreadText(error, 2)}`).join(', ')}.`;
}

/** Whether all the activations of the post are among them: a place among others says nothing about what it claims. */
function isPosts(rows: ActivationsResult['rows']): boolean {
  return ACTIVATIONS_PRESETS.post.config.activations.every((activation) => rows.some((row) => row.activation === activation));
}

/** `second of 5 with normalization (97.9 %)`, for each way of normalization that was run. */
function places({ rows }: ActivationsResult, activation: 'relu' | 'rrelu'): string | undefined {
  const words = (['without', 'with'] as const).flatMap((kind) => {
    const ranked = rows.filter(({ normalization, accuracy }) => normalization === kind && accuracy.mean !== null).sort((a, b) => b.accuracy.mean! - a.accuracy.mean!);
    const at = ranked.findIndex((row) => row.activation === activation);
    return at < 0 || !isPosts(ranked) ? [] : [`number ${at + 1} of ${ranked.length} ${kind} normalization (${decimal(ranked[at].accuracy.mean!, 2)} %)`];
  });
  return words.length > 0 ? words.join(', ') : undefined;
}

function reluOutcome(result: ActivationsResult): string | undefined {
  const words = places(result, 'relu');
  return words && `Here ${ACTIVATION_NAMES.relu} is ${words}.${caution(result)}`;
}

function rreluOutcome(result: ActivationsResult): string | undefined {
  const words = places(result, 'rrelu');
  return words && `Here RReLU is ${words}.${caution(result)}`;
}

/** Mean output of all hidden layers, over the runs of an activation without normalization; undefined where none was kept. */
function meanOutput({ variants }: ActivationsResult, activation: 'relu' | 'elu'): number | undefined {
  const layers = variants.filter((one) => one.activation === activation && one.normalization === 'without' && !one.diverged).flatMap((one) => one.layers);
  const { mean } = spreadOf(layers.map((layer) => layer.mean ?? NaN));
  return Number.isFinite(mean) ? mean : undefined;
}

function meansOutcome(result: ActivationsResult): string | undefined {
  const [relu, elu] = [meanOutput(result, 'relu'), meanOutput(result, 'elu')];
  if (relu === undefined || elu === undefined) return undefined;
  const nearer = Math.abs(elu) < Math.abs(relu) ? 'ELU is nearer to zero' : 'ReLU is nearer to zero';
  return `Here the mean output of the hidden layers, without normalization, is ${decimal(relu, 2)} with ReLU and ${decimal(elu, 2)} with ELU: ${nearer}.`;
}

function caution({ rows, comparisons }: ActivationsResult): string {
  if (rows.every(({ accuracies }) => accuracies.length < 2)) return ' One run each: places may be chance.';
  const clear = comparisons.filter((one) => one.clear).length;
  return ` Of ${comparisons.length} differences between two activations ${clear} are larger than the spread of the runs.`;
}
