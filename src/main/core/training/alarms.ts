/** What can go wrong in a training without an error, each with its likely cause. */
import { adviceFor, higherRate, isRateLow, lowerRate, penaltyOvershoots, rebalancesLittle, type AlarmKind } from '../../../shared/run/alarm-advice.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { CheckpointFile } from '../../../shared/run/files.js';
import { UserError } from '../errors.js';

export type { AlarmKind };

export interface Alarm {
  kind: AlarmKind;
  step: number;
  /** What was seen, what most likely causes it, what to do. */
  message: string;
}

/** A training that cannot go on: its numbers are none any more. */
export class NotANumber extends UserError {
  constructor(readonly alarm: Alarm) {
    super(alarm.message);
  }
}

/** Fewer photographs than this are learnt by heart. */
const FEW_PHOTOGRAPHS = 20;
/** Losses that stand for the start, and for now. */
const FIRST = 20;
const LAST = 50;
/** Steps, from the end of the rate's warm-up, after which a loss should have fallen and colours differ. */
const PATIENT_STEPS = 200;
/** Share of the first loss that it should have fallen by. */
const LEAST_FALL = 0.02;
/** Spread of the predicted colours beside the true ones below which they are one colour. */
const NARROW_SPREAD = 0.03;
/** Validations in a row that have to look so. */
const NARROW_VALIDATIONS = 2;

export type WatchState = CheckpointFile['watch'];

/** Watches losses and validations. Its state goes into checkpoints, so that a resumed run is watched as if never stopped. */
export class Watch {
  readonly state: WatchState;

  constructor(
    private readonly config: TrainingConfig,
    state: WatchState = { firstLosses: [], lastLosses: [], flatTold: false, narrow: 0, collapseTold: false },
  ) {
    this.state = structuredClone(state);
  }

  /** Looks at the loss of a step. @throws NotANumber */
  loss(step: number, loss: number, penalty: number): void {
    if (!Number.isFinite(loss) || !Number.isFinite(penalty)) throw new NotANumber(notANumber(step, this.config));
    const { firstLosses, lastLosses } = this.state;
    if (step > this.config.rate.warmup && firstLosses.length < FIRST) firstLosses.push(loss);
    lastLosses.push(loss);
    if (lastLosses.length > LAST) lastLosses.shift();
  }

  /** Looks at a report's time whether the loss falls at all. */
  flat(step: number): Alarm | undefined {
    const first = meanOf(this.state.firstLosses);
    const now = meanOf(this.state.lastLosses);
    if (this.state.flatTold || this.isEarly(step) || now < first * (1 - LEAST_FALL)) return undefined;
    this.state.flatTold = true;
    const message = `The loss does not fall: ${first.toPrecision(4)} at the start, ${now.toPrecision(4)} at step ${step}. ${flatCause(this.config)}`;
    return { kind: 'flat-loss', step, message };
  }

  private isEarly(step: number): boolean {
    return step < this.config.rate.warmup + PATIENT_STEPS;
  }

  /**
   * Looks at a validation. @param spread Of the predicted colours over that of the true ones.
   * @throws NotANumber
   */
  validation(step: number, loss: number, spread: number): Alarm | undefined {
    if (!Number.isFinite(loss) || !Number.isFinite(spread)) throw new NotANumber(notANumber(step, this.config));
    this.state.narrow = spread < NARROW_SPREAD && !this.isEarly(step) ? this.state.narrow + 1 : 0;
    if (this.state.narrow < NARROW_VALIDATIONS || this.state.collapseTold) return undefined;
    this.state.collapseTold = true;
    return { kind: 'one-colour', step, message: oneColour(step, spread, this.config) };
  }
}

/** Whether there is too little to learn from. @param training Photographs to train on. */
export function fewPhotographs(training: number): Alarm | undefined {
  if (training >= FEW_PHOTOGRAPHS) return undefined;
  const message =
    `Only ${training} photograph${training === 1 ? '' : 's'} to learn from: the network will learn them by heart and colour others poorly. ` +
    'Add photographs of the same kind; a hundred is a start.';
  return { kind: 'few-photographs', step: 0, message };
}

function notANumber(step: number, config: TrainingConfig): Alarm {
  const { rate, penalty } = config;
  const advice = adviceFor('not-a-number', config);
  const cause = penaltyOvershoots(config)
    ? `The penalty overshoots: rate.start (${rate.start}) times penalty.strength (${penalty.strength}) must stay below 1; ` +
      `try penalty.strength ${advice?.['penalty.strength']}.`
    : `The learning rate is most likely too high (rate.start is ${rate.start}): try ${advice?.['rate.start']}.`;
  const message = `The loss is not a number any more at step ${step}; the training was stopped. ${cause} The settings of a run do not change: train a new one.`;
  return { kind: 'not-a-number', step, message };
}

function oneColour(step: number, spread: number, config: TrainingConfig): string {
  const seen = `At step ${step} the network gives nearly one colour everywhere (spread ${(100 * spread).toPrecision(2)} % of the photographs' own). `;
  if (rebalancesLittle(config)) {
    return `${seen}Rebalancing is all but off, so that the commonest colour wins: set bins.rebalancing=true and bins.lambda=0.5.`;
  }
  const { start } = config.rate;
  return `${seen}Most likely the learning rate is too high (rate.start is ${start}: try ${lowerRate(config)}) or the training has just begun; photographs with little colour look the same.`;
}

function flatCause(config: TrainingConfig): string {
  const { start } = config.rate;
  const [lower, higher] = [lowerRate(config), higherRate(config)];
  const isLow = isRateLow(config);
  if (isLow === undefined) return `Most likely the learning rate does not suit the network and the optimizer (rate.start is ${start}): try ${higher}, then ${lower}.`;
  return isLow
    ? `The learning rate is most likely too low (rate.start is ${start}): try ${higher}.`
    : `Most likely the learning rate is too high (rate.start is ${start}: try ${lower}), or a penalty holds the weights down (penalty.strength).`;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
