/** Loss or penalty: which of the two decides how far outliers pull the fitted line. */
import { counted, decimal } from '../../words/words.js';
import { comparePairs } from '../statistics.js';
import type { Loss } from './config.js';
import type { OutlierCell, OutlierLines, OutliersResult } from './results.js';
import { finiteOrNull, spread } from './summary.js';

/** One way to train, run by run; not a number where a run diverged. */
export interface OutlierTrials {
  loss: Loss;
  penalty: 'l1' | 'l2';
  withOutliers: number[];
  withoutOutliers: number[];
  /** How far the outliers moved the line. */
  pulls: number[];
  lines?: OutlierLines;
}

export function summarizeOutliers(trials: readonly OutlierTrials[]): OutliersResult {
  const pullsOf = (chosen: (one: OutlierTrials) => boolean) => meanOfEach(trials.filter(chosen).map(({ pulls }) => pulls));
  const ofLoss = effect(pullsOf(({ loss }) => loss === 'squared'), pullsOf(({ loss }) => loss === 'absolute'));
  const ofPenalty = effect(pullsOf(({ penalty }) => penalty === 'l2'), pullsOf(({ penalty }) => penalty === 'l1'));
  const cells = trials.map(cellOf);
  return { cells, ofLoss, ofPenalty, statements: statements(cells, ofLoss, ofPenalty) };
}

function cellOf({ loss, penalty, withOutliers, withoutOutliers, pulls, lines }: OutlierTrials): OutlierCell {
  return {
    loss, penalty, pulls: pulls.map(finiteOrNull), ...(lines && { lines }),
    withOutliers: spread(withOutliers), withoutOutliers: spread(withoutOutliers), pull: spread(pulls),
    diverged: pulls.filter((pull) => !Number.isFinite(pull)).length,
  };
}

/** Run by run the mean over several lists. */
function meanOfEach(lists: readonly (readonly number[])[]): number[] {
  return lists[0].map((_, run) => lists.reduce((sum, list) => sum + list[run], 0) / lists.length);
}

type Effect = OutliersResult['ofLoss'];

function effect(changed: readonly number[], unchanged: readonly number[]): Effect {
  const { difference, interval, clear } = comparePairs(changed, unchanged);
  return { difference: finiteOrNull(difference), interval, clear };
}

function statements(cells: readonly OutlierCell[], ofLoss: Effect, ofPenalty: Effect): string[] {
  const gone = cells.filter(({ diverged }) => diverged > 0);
  const lost = gone.map(({ loss, penalty, diverged }) => `${counted(diverged, 'run')} diverged with the ${loss} loss and ${penalty.toUpperCase()}; they do not count. Try a lower rate.`);
  if (ofLoss.difference === null || ofPenalty.difference === null) return [...lost, 'Too few runs came to their end to compare losses and penalties.'];
  return [
    ...lost,
    `Outliers move the fitted line by ${meanPull(cells, 'loss', 'absolute')} under the absolute loss and by ${meanPull(cells, 'loss', 'squared')} under the squared one; ` +
      `by ${meanPull(cells, 'penalty', 'l1')} under L1 and by ${meanPull(cells, 'penalty', 'l2')} under L2.`,
    verdict(ofLoss, ofPenalty),
  ];
}

function meanPull<K extends 'loss' | 'penalty'>(cells: readonly OutlierCell[], by: K, value: OutlierCell[K]): string {
  const means = cells.filter((cell) => cell[by] === value).flatMap(({ pull }) => (pull.mean === null ? [] : [pull.mean]));
  return means.length > 0 ? decimal(means.reduce((sum, v) => sum + v, 0) / means.length, 2) : 'an unknown distance';
}

function verdict(ofLoss: Effect, ofPenalty: Effect): string {
  const [loss, penalty] = [ofLoss, ofPenalty].map(({ difference, interval }) =>
    interval === null ? decimal(difference!, 2) : `${decimal(difference!, 2)}, 95 % interval ${decimal(interval[0], 2)} to ${decimal(interval[1], 2)}`);
  if (ofLoss.clear && ofPenalty.clear) {
    const larger = Math.abs(ofLoss.difference!) >= Math.abs(ofPenalty.difference!) ? 'loss' : 'penalty';
    return `Both matter here, the ${larger} more: squaring the loss changes that distance by ${loss}, taking L2 instead of L1 by ${penalty}.`;
  }
  if (ofLoss.clear) return `It is the loss that decides how far outliers pull the line (${loss}); between L1 and L2 there is no clear difference (${penalty}).`;
  if (ofPenalty.clear) return `It is the penalty that decides how far outliers pull the line (${penalty}); between the losses there is no clear difference (${loss}).`;
  return `Neither the loss (${loss}) nor the penalty (${penalty}) makes a clear difference here: more runs or farther outliers may tell.`;
}
