/** What to change about a training that went wrong: the same for the sentence that tells it and for the button that does it. */
import type { TrainingConfig } from './config.js';
import { PRESETS } from './presets.js';

export const ALARM_KINDS = ['not-a-number', 'one-colour', 'flat-loss', 'few-photographs'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** Changed settings by dotted key. */
export type Advice = Record<string, number | boolean>;

/** Settings to try instead; undefined where settings are not what is wrong. */
export function adviceFor(kind: AlarmKind, config: TrainingConfig): Advice | undefined {
  switch (kind) {
    case 'not-a-number': return penaltyOvershoots(config) ? { 'penalty.strength': rounded(0.01 / config.rate.start) } : { 'rate.start': lowerRate(config) };
    case 'one-colour': return rebalancesLittle(config) ? { 'bins.rebalancing': true, 'bins.lambda': 0.5 } : { 'rate.start': lowerRate(config) };
    case 'flat-loss': return { 'rate.start': isRateLow(config) ?? true ? higherRate(config) : lowerRate(config) };
    case 'few-photographs': return undefined;
  }
}

/** A plain step with an l2 penalty multiplies each weight by 1 - rate * strength. */
export function penaltyOvershoots({ penalty, optimizer, rate }: TrainingConfig): boolean {
  return penalty.kind !== 'none' && !optimizer.kind.startsWith('adam') && rate.start * penalty.strength > 1;
}

export function rebalancesLittle({ bins }: TrainingConfig): boolean {
  return !bins.rebalancing || bins.lambda > 0.9;
}

/** Whether the learning rate is far below the preset's; undefined where that says nothing: of another network or another optimizer. */
export function isRateLow({ preset, network, optimizer, rate }: TrainingConfig): boolean | undefined {
  const { config } = PRESETS[preset];
  const isComparable = network.architecture === config.network.architecture && optimizer.kind === config.optimizer.kind;
  return isComparable ? rate.start < config.rate.start / 3 : undefined;
}

export function lowerRate({ rate }: TrainingConfig): number {
  return rounded(rate.start / 10);
}

export function higherRate({ rate }: TrainingConfig): number {
  return rounded(rate.start * 10);
}

/** Two digits are enough to try. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
