/** Trainings that run side by side: which points each sees in which order, what is told after every epoch, which of them diverge. */
import { setImmediate as breathe } from 'node:timers/promises';
import { lowerRate, type Divergence } from '../../../../shared/labs/divergence.js';
import type { Loss, RegularizationConfig } from '../../../../shared/labs/regularization/config.js';
import type { PointSplit } from '../../../../shared/labs/regularization/data.js';
import type { PenaltyStrengths } from '../../../../shared/labs/regularization/penalties.js';
import { areFinite, type Activation, type Layer } from '../../../../shared/labs/regularization/weights.js';
import { Random } from '../../../../shared/random.js';
import type { JobContext } from '../../job.js';
import type { PopulationOptions } from './population.js';
import { Population } from './population.js';

/** One training. */
export interface Trial {
  loss: Loss;
  strengths: PenaltyStrengths;
  /** Scaled points: what the network sees. One input a point. */
  x: Float32Array;
  y: Float32Array;
  split: PointSplit;
  start: readonly Layer[];
  /** Trials of the same number see their points in the same order. */
  order: number;
}

export interface TrialSettings {
  seed: number;
  activation: Activation;
  optimizer: RegularizationConfig['optimizer'];
  rate: number;
  epochs: number;
  batch: number;
}

/** Where the trainings stand after an epoch; `population` can be asked for weights and answers. */
export interface EpochEnd {
  epoch: number;
  /** Steps taken. */
  step: number;
  /** Mean loss a point over the epoch, of each trial. */
  loss: Float64Array;
  /** Penalty, mean over the epoch's steps. */
  penalty: Float64Array;
  population: Population;
}

export interface TrialsEnd {
  layers: Layer[][];
  diverged: (Divergence | undefined)[];
  /** Of the last epoch. */
  loss: Float64Array;
  penalty: Float64Array;
}

/**
 * Trains all trials, which must have equally many training points and networks of one shape.
 * @param onEpoch Told before the first step (epoch 0) and after every epoch.
 * @throws the signal's reason when stopped
 */
export async function trainTrials(
  trials: readonly Trial[],
  settings: TrialSettings,
  { signal }: JobContext,
  onEpoch: (end: EpochEnd) => Promise<void> | void,
): Promise<TrialsEnd> {
  const population = await Population.open(populationOptions(trials, settings));
  try {
    return await new TrialLoop(trials, settings, population, signal).run(onEpoch);
  } finally {
    population.close();
  }
}

/** What the trials' graph is built from. */
export function populationOptions(trials: readonly Trial[], { activation, optimizer }: Pick<TrialSettings, 'activation' | 'optimizer'>): PopulationOptions {
  const [{ start }] = trials;
  const { kind, momentum } = optimizer;
  return {
    members: trials.map(({ loss, strengths }) => ({ loss, strengths })),
    sizes: [start[0].inputs, ...start.map(({ outputs }) => outputs)],
    activation,
    optimizer: kind === 'momentum' ? { kind, momentum } : { kind },
  };
}

class TrialLoop {
  private step = 0;
  private readonly diverged: (Divergence | undefined)[];

  constructor(
    private readonly trials: readonly Trial[],
    private readonly settings: TrialSettings,
    private readonly population: Population,
    private readonly signal: AbortSignal,
  ) {
    this.diverged = trials.map(() => undefined);
  }

  async run(onEpoch: (end: EpochEnd) => Promise<void> | void): Promise<TrialsEnd> {
    const { population, trials, settings } = this;
    population.start(trials.map(({ start }) => start));
    let sums = { loss: this.perTrial(NaN), penalty: this.perTrial(NaN) };
    for (let epoch = 0; ; epoch++) {
      if (epoch > 0) sums = this.epoch(epoch);
      await onEpoch({ epoch, step: this.step, ...sums, population });
      await breathe();
      this.signal.throwIfAborted();
      if (epoch === settings.epochs || this.diverged.every((one) => one !== undefined)) break;
    }
    const layers = population.layers();
    this.watchWeights(layers);
    return { layers, diverged: this.diverged, ...sums };
  }

  /** Shows every trial each of its training points once. */
  private epoch(epoch: number): Pick<EpochEnd, 'loss' | 'penalty'> {
    const { batch, rate } = this.settings;
    const orders = this.orders(epoch);
    const points = orders[0].length;
    const [loss, penalty] = [this.perTrial(0), this.perTrial(0)];
    const steps = Math.ceil(points / batch);
    for (let from = 0; from < points; from += batch) {
      const told = this.population.step(this.batchOf(orders, from, Math.min(batch, points - from)), rate);
      this.step++;
      this.watch(told.loss);
      told.loss.forEach((value, r) => (loss[r] += value / points));
      told.penalty.forEach((value, r) => (penalty[r] += value / steps));
    }
    return { loss, penalty };
  }

  /** Indices of each trial's training points in the order of this epoch. */
  private orders(epoch: number): Uint32Array[] {
    const { seed } = this.settings;
    return this.trials.map(({ split: { training }, order }) =>
      new Random(seed, 'order', order, epoch).permutation(training.length).map((k) => training[k]),
    );
  }

  private batchOf(orders: readonly Uint32Array[], from: number, count: number) {
    const inputs = this.trials[0].start[0].inputs;
    const x = new Float32Array(this.trials.length * count * inputs);
    const y = new Float32Array(this.trials.length * count);
    this.trials.forEach((trial, r) => {
      for (let k = 0; k < count; k++) {
        const index = orders[r][from + k];
        y[r * count + k] = trial.y[index];
        for (let i = 0; i < inputs; i++) x[(r * count + k) * inputs + i] = trial.x[index * inputs + i];
      }
    });
    return { x, y, count };
  }

  private watch(loss: Float32Array): void {
    loss.forEach((value, r) => {
      if (!Number.isFinite(value)) this.tellDiverged(r);
    });
  }

  /** The loss of a step is taken before its weights move: the last step is judged by what it made of them. */
  private watchWeights(trials: readonly Layer[][]): void {
    trials.forEach((layers, r) => {
      if (!areFinite(layers)) this.tellDiverged(r);
    });
  }

  private tellDiverged(r: number): void {
    this.diverged[r] ??= { step: this.step, cause: divergenceCause(this.trials[r], this.settings) };
  }

  private perTrial(value: number): Float64Array {
    return new Float64Array(this.trials.length).fill(value);
  }
}

/** What most likely made a loss no number. */
function divergenceCause({ loss, strengths: { gradient } }: Trial, { rate, optimizer }: TrialSettings): string {
  // A plain step with an L2 penalty multiplies each weight by 1 - rate * strength.
  if (optimizer.kind !== 'adam' && rate * gradient.l2 > 1) {
    return `The penalty overshoots: rate (${rate}) times lambda's share of L2 (${gradient.l2}) must stay below 1.`;
  }
  const squared = loss === 'squared' ? ' The squared loss makes large errors into still larger steps.' : '';
  return `The learning rate is most likely too high (rate is ${rate}): try ${lowerRate(rate)}.${squared}`;
}
