import { decimal } from '../words/words.js';
import type { PenaltyResult } from './regularization/results.js';

/** `20.1 ± 12.4`: mean and standard deviation over the runs; of one run its figure alone, and `diverged` where none came to its end. */
export function spreadText({ mean, deviation, count }: PenaltyResult['error'], digits: number): string {
  if (mean === null) return 'diverged';
  return `${decimal(mean, digits)}${count > 1 ? ` ± ${decimal(deviation ?? 0, digits)}` : ''}`;
}
