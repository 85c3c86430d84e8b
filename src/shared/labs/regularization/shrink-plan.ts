/** What shrinking a network would take out of it and leave, before anything is trained. */
import { counted, roughly } from '../../words/words.js';
import type { PointSet } from '../files.js';
import type { PenaltyKind } from './penalties.js';
import { seenPoints } from './seen-points.js';
import { largestDifference, shrinking, type RemovedNeuron } from './shrink.js';
import { parametersOf, sizesOf, type Activation, type Layer } from './weights.js';

export interface ShrinkPlan {
  full: { sizes: number[]; parameters: number };
  small: { sizes: number[]; parameters: number; layers: Layer[] };
  removed: RemovedNeuron[];
  /** Largest difference between the answers of both over all points, in the units of y, with the surviving weights. */
  difference: number;
  /** In words. */
  statements: string[];
}

/** Largest size of a weight that counts as zero where nobody chose one: a proximal step leaves exact zeros. @param own Of the experiment. */
export function usualThreshold(penalty: PenaltyKind, own: number): number {
  return penalty.endsWith('-proximal') ? 0 : own;
}

/** @param threshold Largest size of a weight that counts as zero. @param points Those that the network was trained on. */
export function shrinkPlan(layers: readonly Layer[], activation: Activation, threshold: number, points: PointSet): ShrinkPlan {
  const { layers: small, removed } = shrinking(layers, activation, threshold);
  const difference = points.scaling.y.spread * largestDifference(layers, small, activation, seenPoints(points).x);
  const plan = {
    full: { sizes: sizesOf(layers), parameters: parametersOf(layers) },
    small: { sizes: sizesOf(small), parameters: parametersOf(small), layers: small },
    removed, difference,
  };
  return { ...plan, statements: statementsOf(plan, threshold) };
}

function statementsOf({ full, small, removed, difference }: Omit<ShrinkPlan, 'statements'>, threshold: number): string[] {
  const zero = threshold === 0 ? 'exactly zero' : `at most ${threshold}`;
  if (removed.length === 0) return [`No neuron is dead: none has only weights ${zero} into it or out of it. Take a network of an L1 penalty, or a higher threshold.`];
  const hidden = full.sizes.slice(1, -1).reduce((sum, size) => sum + size, 0);
  const constant = removed.filter(({ why }) => why === 'constant').length;
  const rounding = threshold === 0 ? ', which is rounding' : '';
  return [
    `${counted(removed.length, 'neuron')} of ${hidden} can go, where a weight of ${zero} counts as zero: ${causes(removed.length - constant, constant)}.`,
    `From ${full.sizes.join('-')} to ${small.sizes.join('-')}: ${counted(small.parameters, 'number')} to learn instead of ${full.parameters}. ` +
      `With its surviving weights the smaller network's answers differ from the full one's by at most ${roughly(difference)} at the points${rounding}.`,
  ];
}

function causes(unread: number, constant: number): string {
  const which = (some: number, others: number) => (others === 0 ? 'them' : `${some} of them`);
  const parts = [
    ...(unread > 0 ? [`nothing reads ${which(unread, constant)}`] : []),
    ...(constant > 0 ? [`nothing comes into ${which(constant, unread)}, so that they are constant, and their value is folded into the next bias`] : []),
  ];
  return parts.join('; ');
}
