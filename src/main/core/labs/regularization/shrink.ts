/** From a trained network the smaller one without its dead neurons, trained on the same points. */
import type { PointSet, RegularizationLab, ShrinkOrigin } from '../../../../shared/labs/files.js';
import { PENALTY_NAMES, type PenaltyKind } from '../../../../shared/labs/regularization/penalties.js';
import type { RegularizationResult, ShrinkResult } from '../../../../shared/labs/regularization/results.js';
import { seenPoints } from '../../../../shared/labs/regularization/seen-points.js';
import { usualThreshold } from '../../../../shared/labs/regularization/shrink-plan.js';
import { largestDifference, shrunken } from '../../../../shared/labs/regularization/shrink.js';
import { finiteOrNull, spread } from '../../../../shared/labs/regularization/summary.js';
import { answersOf, areFinite, parametersOf, sizesOf, type Layer } from '../../../../shared/labs/regularization/weights.js';
import { spreadText } from '../../../../shared/labs/spread-text.js';
import { roughly } from '../../../../shared/words/words.js';
import { UserError } from '../../errors.js';
import type { JobContext } from '../../job.js';
import { openLab, type Lab } from '../lab-folder.js';
import { drawnStart, runRegularization, sumOfErrors, type ExperimentReport } from './experiment.js';
import { readExperiment } from './record.js';

export interface ShrinkOptions {
  /** A finished regularization experiment. */
  run: string;
  /** Where the smaller network's run is made. */
  out: string;
  /** Penalty of the network; by default the first L1 there is. */
  penalty?: PenaltyKind;
  /** Which of its runs, from 0. */
  number: number;
  /** Largest size of a weight that counts as zero; by default exact zeros for a proximal step, the experiment's threshold else. */
  threshold?: number;
  /** Go on from the surviving weights, or start afresh. */
  weights: 'keep' | 'fresh';
}

/** The trained network that is made smaller. */
interface Original {
  lab: Lab<RegularizationLab>;
  penalty: PenaltyKind;
  layers: Layer[];
  points: PointSet[];
  /** Those of the run that the network comes from. */
  set: PointSet;
  result: RegularizationResult;
}

/**
 * Makes the smaller network, trains it as often as the experiment trained the full one, and sets both side by side.
 * @throws UserError when the run is none or not finished, has no such network, or nothing can be taken out of it
 */
export async function shrinkNetwork(options: ShrinkOptions, context: JobContext): Promise<ExperimentReport & { shrink: ShrinkResult }> {
  const original = await originalOf(options);
  const { lab, penalty, layers, points } = original;
  const { config } = lab.file;
  const threshold = options.threshold ?? usualThreshold(penalty, config.threshold);
  const small = shrunken(layers, config.network.activation, threshold);
  if (parametersOf(small) === parametersOf(layers)) throw nothingToTakeOut(original, threshold);
  const smaller = { ...config, network: { ...config.network, hidden: sizesOf(small).slice(1, -1) }, penalty: { ...config.penalty, kinds: [penalty] } };
  const origin: ShrinkOrigin = { run: lab.path, created: lab.file.created, penalty, number: options.number, threshold, weights: options.weights };
  const start = options.weights === 'keep' ? () => small : drawnStart(smaller);
  let shrink: ShrinkResult | undefined;
  const beside = (result: RegularizationResult) => ({ 'shrink.json': (shrink = sideBySide(original, small, result, origin)) });
  const report = await runRegularization({ config: smaller, out: options.out, points, origin, start, beside }, context);
  return { ...report, shrink: shrink! };
}

async function originalOf({ run, penalty: wanted, number }: ShrinkOptions): Promise<Original> {
  const lab = await openLab(run, 'regularization');
  const { config } = lab.file;
  const { kinds } = config.penalty;
  const penalty = wanted ?? kinds.find((kind) => kind.startsWith('l1')) ?? kinds[0];
  if (!kinds.includes(penalty)) throw new UserError(`${run} did not train ${PENALTY_NAMES[penalty]}; it has ${kinds.join(', ')}.`);
  if (number >= config.runs) throw new UserError(`${run} has ${config.runs} runs of each penalty, numbered from 1: there is no run ${number + 1}.`);
  const { points, epochs, networksAt, result } = await readExperiment(lab);
  const layers = networksAt(epochs.length - 1, penalty)[number];
  const { diverged } = result.penalties.find(({ kind }) => kind === penalty)?.runs.find((one) => one.run === number) ?? {};
  if (diverged !== undefined || !areFinite(layers)) {
    throw new UserError(`The network of ${PENALTY_NAMES[penalty]}, run ${number + 1}, diverged: its weights say nothing. Take another run or penalty, or train with a lower rate.`);
  }
  return { lab, penalty, layers, points, set: points[number % points.length], result };
}

function nothingToTakeOut({ penalty }: Original, threshold: number): UserError {
  const size = threshold === 0 ? 'exactly zero' : `at or below ${threshold}`;
  return new UserError(
    `No neuron of this network (${PENALTY_NAMES[penalty]}) is dead: none has only weights ${size} into it or out of it. ` +
      'Take a network of an L1 penalty, or a higher threshold.',
  );
}

function sideBySide({ lab, penalty, layers, set, result }: Original, small: readonly Layer[], outcome: RegularizationResult, { number, threshold, weights }: ShrinkOrigin): ShrinkResult {
  const { activation } = lab.file.config.network;
  const { x, y } = seenPoints(set);
  const [full, little] = [layers, small].map((one) => answersOf(one, activation, x));
  const errorOf = (answers: Float64Array) => finiteOrNull(sumOfErrors({ y, points: set }, answers, set.test));
  const difference = set.scaling.y.spread * largestDifference(layers, small, activation, x);
  const fullErrors = result.penalties.find(({ kind }) => kind === penalty)!.runs.map(({ error }) => error);
  const smallErrors = outcome.penalties[0].runs.map(({ error }) => error);
  const kept = weights === 'keep';
  const facts = {
    penalty, number, threshold, weights,
    full: { sizes: sizesOf(layers), parameters: parametersOf(layers), error: errorOf(full), errors: fullErrors, spread: spreadOfErrors(fullErrors) },
    small: { sizes: sizesOf(small), parameters: parametersOf(small), errorBefore: kept ? errorOf(little) : null, errors: smallErrors, spread: spreadOfErrors(smallErrors) },
    difference: kept ? finiteOrNull(difference) : null,
  };
  return { ...facts, statements: statements(facts) };
}

function spreadOfErrors(errors: readonly (number | null)[]) {
  return spread(errors.map((error) => error ?? NaN));
}

function statements({ full, small, difference, threshold }: Omit<ShrinkResult, 'statements'>): string[] {
  const sizes = `From ${full.sizes.join('-')} to ${small.sizes.join('-')}: ${small.parameters} numbers to learn instead of ${full.parameters}.`;
  const same = difference === null ? [] : [
    `Before its own training the smaller network differs from the full one by at most ${roughly(difference)} at the points` +
      `${threshold === 0 ? ', which is rounding' : `: weights up to ${threshold} were taken for zero`}.`,
  ];
  return [sizes, ...same, `Error over the runs: ${spreadText(full.spread, 2)} for the full network, ${spreadText(small.spread, 2)} for the smaller one.`];
}
