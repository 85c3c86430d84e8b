/** What came of a comparison of activations: a row each, differences beside their spread, sentences computed from both. */
import { decimal } from '../../words/words.js';
import { finiteOrNull, spread } from '../regularization/summary.js';
import { comparePairs } from '../statistics.js';
import { NORMALIZATIONS, type ActivationsConfig, type Normalization } from './config.js';
import { ACTIVATION_NAMES, PRELU_START, RRELU_FACT } from './functions.js';
import type { ActivationRow, ActivationsResult, VariantResult } from './results.js';

/** Test pictures listed as the hardest. */
const HARDEST = 40;

export interface ComparedPictures {
  classes: string[];
  training: number;
  test: number;
  /** Classes of the test pictures. */
  labels: Uint8Array;
}

/** A row for every activation of the settings, with and without normalization, from the trainings that are through so far. */
export function activationRows(variants: readonly VariantResult[], { normalization, activations }: ActivationsConfig): ActivationRow[] {
  return NORMALIZATIONS.filter((kind) => normalization.kinds.includes(kind)).flatMap((kind) =>
    activations.map((activation) => rowOf(variants.filter((one) => one.activation === activation && one.normalization === kind), activation, kind)),
  );
}

/** Accuracies compared pair by pair: each two activations of one kind of normalization. */
export function activationComparisons(rows: readonly ActivationRow[]): ActivationsResult['comparisons'] {
  return NORMALIZATIONS.flatMap((normalization) => comparisonsIn(rows.filter((row) => row.normalization === normalization)));
}

export function summarizeActivations(variants: readonly VariantResult[], config: ActivationsConfig, pictures: ComparedPictures): ActivationsResult {
  const rows = activationRows(variants, config);
  const comparisons = activationComparisons(rows);
  const { classes, training, test } = pictures;
  return {
    classes, pictures: { training, test }, rows, variants: [...variants], comparisons,
    hardest: hardest(variants, pictures),
    statements: statements(rows, comparisons, variants, config, test),
  };
}

function rowOf(variants: readonly VariantResult[], activation: ActivationRow['activation'], normalization: Normalization): ActivationRow {
  const sound = variants.filter(({ diverged }) => diverged === undefined);
  const over = (figure: (one: VariantResult) => number | null) => spread(sound.map((one) => figure(one) ?? NaN));
  return {
    activation, normalization,
    accuracy: over(({ accuracy }) => accuracy), loss: over(({ loss }) => loss), trainingAccuracy: over(({ trainingAccuracy }) => trainingAccuracy),
    millisecondsAStep: over(({ millisecondsAStep }) => millisecondsAStep), silent: over(silentShare),
    accuracies: variants.map(({ accuracy, diverged }) => (diverged ? null : accuracy)),
  };
}

/** Percent of silent units, mean over the layers. */
function silentShare({ layers }: VariantResult): number {
  return layers.reduce((sum, { silent }) => sum + silent, 0) / layers.length;
}

function comparisonsIn(rows: readonly ActivationRow[]): ActivationsResult['comparisons'] {
  return rows.flatMap((first, k) => rows.slice(k + 1).map((second) => {
    const values = ({ accuracies }: ActivationRow) => accuracies.map((accuracy) => accuracy ?? NaN);
    const { difference, interval, clear } = comparePairs(values(first), values(second));
    return { normalization: first.normalization, first: first.activation, second: second.activation, difference: finiteOrNull(difference), interval, clear };
  }));
}

function hardest(variants: readonly VariantResult[], { labels }: ComparedPictures): ActivationsResult['hardest'] {
  const taken = new Map<number, number[]>();
  for (const { wrong, wrongAs } of variants.filter(({ diverged }) => !diverged)) wrong.forEach((index, k) => taken.set(index, [...(taken.get(index) ?? []), ...(wrongAs ? [wrongAs[k]] : [NaN])]));
  return [...taken].sort(([a, n], [b, m]) => m.length - n.length || a - b).slice(0, HARDEST)
    .map(([index, answers]) => ({ index, label: labels[index], times: answers.length, answer: commonest(answers) }));
}

/** The class answered most often; of several the first. */
function commonest(answers: readonly number[]): number | undefined {
  const known = answers.filter(Number.isFinite);
  const often = (answer: number) => known.filter((one) => one === answer).length;
  return [...new Set(known)].sort((a, b) => often(b) - often(a) || a - b).at(0);
}

function statements(
  rows: readonly ActivationRow[],
  comparisons: ActivationsResult['comparisons'],
  variants: readonly VariantResult[],
  { runs, activations, normalization }: ActivationsConfig,
  test: number,
): string[] {
  return [
    ...variants.flatMap(divergence),
    ...normalization.kinds.flatMap((kind) => ranking(rows.filter((row) => row.normalization === kind), kind)),
    runs > 1 ? differences(comparisons, runs) : chance(rows, test),
    ...(normalization.kinds.length === 2 ? [ofNormalization(rows)] : []),
    ...silence(rows),
    ...learntSlopes(variants),
    ...(activations.includes('rrelu') ? [RRELU_FACT] : []),
  ];
}

function divergence({ activation, normalization, run, diverged }: VariantResult): string[] {
  return diverged ? [`${ACTIVATION_NAMES[activation]} ${normalization} normalization, run ${run + 1}: diverged at step ${diverged.step}. ${diverged.cause}`] : [];
}

function ranking(rows: readonly ActivationRow[], kind: Normalization): string[] {
  const ranked = rows.filter(({ accuracy }) => accuracy.mean !== null).sort((a, b) => b.accuracy.mean! - a.accuracy.mean!);
  if (ranked.length < 2) return [];
  const words = ({ activation, accuracy }: ActivationRow) => `${ACTIVATION_NAMES[activation]} (${decimal(accuracy.mean!, 2)} %)`;
  const capital = kind === 'with' ? 'With' : 'Without';
  return [`${capital} batch normalization ${words(ranked[0])} comes first and ${words(ranked[ranked.length - 1])} last on the test pictures.`];
}

function differences(comparisons: ActivationsResult['comparisons'], runs: number): string {
  const clear = comparisons.filter((one) => one.clear);
  if (clear.length === 0) return `No difference between two activations is larger than what ${runs} runs spread.`;
  const words = clear.map(({ normalization, first, second, difference }) =>
    `${ACTIVATION_NAMES[difference! > 0 ? first : second]} over ${ACTIVATION_NAMES[difference! > 0 ? second : first]} by ${decimal(Math.abs(difference!), 2)} (${normalization})`);
  return `Differences in accuracy larger than the spread of ${runs} runs: ${words.join('; ')}.`;
}

/** With one run nothing is known of the spread between runs; that of chance among test pictures is. */
function chance(rows: readonly ActivationRow[], test: number): string {
  const means = rows.flatMap(({ accuracy }) => (accuracy.mean === null ? [] : [accuracy.mean / 100]));
  const p = means.reduce((sum, v) => sum + v, 0) / Math.max(1, means.length);
  const half = 196 * Math.sqrt((p * (1 - p)) / test);
  return `One run each says nothing of the spread between runs; chance alone moves an accuracy over ${test.toLocaleString('en')} test pictures by ±${decimal(half, 2)} (95 %). Set runs above 1 to compare.`;
}

function ofNormalization(rows: readonly ActivationRow[]): string {
  const gains = rows.filter(({ normalization }) => normalization === 'with').flatMap(({ activation, accuracy }) => {
    const without = rows.find((row) => row.activation === activation && row.normalization === 'without')?.accuracy.mean;
    return accuracy.mean === null || without == null ? [] : [`${ACTIVATION_NAMES[activation]} ${decimal(accuracy.mean - without, 2)}`];
  });
  return `Batch normalization changes the accuracy, in points, by: ${gains.join(', ')}.`;
}

/** What PReLU's slopes came to, layer by layer, mean over the runs. */
function learntSlopes(variants: readonly VariantResult[]): string[] {
  const learnt = variants.filter(({ slopes, diverged }) => slopes !== undefined && !diverged);
  const kinds = [...new Map(learnt.map((one) => [`${one.activation} ${one.normalization}`, one])).values()];
  return kinds.map(({ activation, normalization }) => {
    const own = learnt.filter((one) => one.activation === activation && one.normalization === normalization).map(({ slopes = [] }) => slopes);
    const means = own[0].map((_, layer) => decimal(own.reduce((sum, slopes) => sum + slopes[layer], 0) / own.length, 3));
    return `${ACTIVATION_NAMES[activation]}, ${normalization} normalization: from ${PRELU_START} the slopes came to ${means.join(', ')}, layer by layer.`;
  });
}

function silence(rows: readonly ActivationRow[]): string[] {
  return rows.filter(({ activation, silent }) => activation === 'relu' && silent.mean !== null)
    .map(({ normalization, silent }) => `ReLU ${normalization} normalization: ${decimal(silent.mean!, 1)} % of the units are dead, that is never above zero on the test pictures looked at.`);
}
