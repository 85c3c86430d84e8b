/** Accuracies that the paper reports, to stand beside those that came out here. */

export interface PublishedAccuracy {
  way: string;
  /** Percent. */
  auc: number;
  aucRebalanced: number;
  /** Whether the figures were set beside the paper itself; the others are quoted from memory. */
  checked: boolean;
}

/** Where the figures come from, and why they cannot be set against others one to one. */
export const PUBLISHED_SOURCE =
  'Zhang, Isola and Efros 2016, table 1: 10,000 photographs of ImageNet of every kind. Other photographs have other gray baselines: compare how far a way lies above gray. Ways marked * are quoted from memory and were not checked against the paper; so are, with gray, the distances above it.';

export const PUBLISHED: readonly PublishedAccuracy[] = [
  { way: 'Gray', auc: 89.1, aucRebalanced: 58.0, checked: false },
  { way: 'Random colours', auc: 84.2, aucRebalanced: 57.3, checked: false },
  { way: 'Regression (L2)', auc: 91.2, aucRebalanced: 64.4, checked: false },
  { way: 'Classification, not rebalanced', auc: 91.6, aucRebalanced: 65.1, checked: false },
  { way: 'Classification, rebalanced', auc: 89.5, aucRebalanced: 67.3, checked: true },
];

/** A way as tables name it: with a mark where its figures were not checked. */
export function publishedName({ way, checked }: PublishedAccuracy): string {
  return checked ? way : `${way} *`;
}
