/** Accuracies that the paper reports, to stand beside those that came out here. */

export interface PublishedAccuracy {
  way: string;
  /** Percent. */
  auc: number;
  aucRebalanced: number;
}

/** Where the figures come from, and why they cannot be set against others one to one. */
export const PUBLISHED_SOURCE =
  'Zhang, Isola and Efros 2016, table 1: 10,000 photographs of ImageNet of every kind. Other photographs have other gray baselines: compare how far a way lies above gray.';

export const PUBLISHED: readonly PublishedAccuracy[] = [
  { way: 'Gray', auc: 89.1, aucRebalanced: 58.0 },
  { way: 'Random colours', auc: 84.2, aucRebalanced: 57.3 },
  { way: 'Regression (L2)', auc: 91.2, aucRebalanced: 64.4 },
  { way: 'Classification, not rebalanced', auc: 91.6, aucRebalanced: 65.1 },
  { way: 'Classification, rebalanced', auc: 89.5, aucRebalanced: 67.3 },
];
