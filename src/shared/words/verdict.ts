/** What an evaluation says in a sentence: whether a run does better than leaving its photographs gray. */
import { decimal } from './words.js';

interface Areas {
  /** Percent. */
  auc: number;
  aucRebalanced: number;
}

/** Differences that round to nothing are none. */
const EQUAL = 0.05;

export function verdict({ auc, aucRebalanced, baselines: { gray } }: Areas & { baselines: { gray: Areas } }): string {
  const [raw, rebalanced] = [side(auc, gray.auc), side(aucRebalanced, gray.aucRebalanced)];
  return `With every pixel counting alike, the run ${raw}; with rare colours counting as much as common ones, it ${rebalanced}.`;
}

function side(ours: number, gray: number): string {
  const above = ours - gray;
  const figures = `(${decimal(ours, 1)} against ${decimal(gray, 1)} %)`;
  if (Math.abs(above) < EQUAL) return `is as good as leaving the photographs gray ${figures}`;
  if (above > 0) return `beats leaving the photographs gray by ${decimal(above, 1)} points ${figures}`;
  return `falls short of leaving the photographs gray by ${decimal(-above, 1)} points ${figures}`;
}
