/** What came of a laboratory's run in one line, for lists. */
import { decimal } from '../words/words.js';
import { ACTIVATION_NAMES } from './activations/functions.js';
import type { ActivationsResult } from './activations/results.js';
import { PENALTY_NAMES } from './regularization/penalties.js';
import type { OutliersResult, RegularizationResult, SweepResult } from './regularization/results.js';
import { spreadText } from './spread-text.js';

/** `L1 20.1 ± 12.4 · L2 14.9 ± 6.2`, at most so many of them. */
const MOST_SHOWN = 3;

/** Errors of the first penalties. */
export function experimentFigures({ penalties }: RegularizationResult): string {
  const words = penalties.map(({ kind, error }) => `${PENALTY_NAMES[kind]} ${spreadText(error, 1)}`);
  return `error: ${words.slice(0, MOST_SHOWN).join(' · ')}${words.length > MOST_SHOWN ? ' …' : ''}`;
}

export function sweepFigures({ best }: SweepResult): string {
  return best === null ? 'every place diverged' : `best: ${PENALTY_NAMES[best.kind]}, lambda ${best.lambda}, error ${decimal(best.error, 2)} a point`;
}

export function outliersFigures({ ofLoss, ofPenalty }: OutliersResult): string {
  const words = (difference: number | null) => (difference === null ? 'no number' : decimal(difference, 2));
  return `pull of the outliers: loss ${words(ofLoss.difference)} · penalty ${words(ofPenalty.difference)}`;
}

/** The highest accuracy. */
export function activationsFigures({ rows }: ActivationsResult): string {
  const [best] = rows.filter(({ accuracy }) => accuracy.mean !== null).sort((x, y) => (y.accuracy.mean ?? 0) - (x.accuracy.mean ?? 0));
  if (best === undefined) return 'every training diverged';
  return `best: ${ACTIVATION_NAMES[best.activation]} ${best.normalization} normalization, ${decimal(best.accuracy.mean ?? 0, 2)} %`;
}
