import type { LabTab } from '../../components/labs/lab-tab.js';

export const REGULARIZATION_BASE = '/labs/regularization';

/** The pages of the regularization laboratory, in their order; the first one is the laboratory's own address. */
export const REGULARIZATION_TABS: readonly LabTab[] = [
  { path: '', label: 'Experiment', component: () => import('./ExperimentView.vue') },
  { path: 'shapes', label: 'Penalty shapes', component: () => import('./shapes/ShapesView.vue') },
  { path: 'outliers', label: 'Outliers', component: () => import('./outliers/OutliersView.vue') },
  { path: 'sweep', label: 'Sweep', component: () => import('./sweep/SweepView.vue') },
  { path: 'shrink', label: 'Shrink', component: () => import('./shrink/ShrinkView.vue') },
  { path: 'guide', label: 'Guide', component: () => import('./RegularizationGuide.vue') },
];
