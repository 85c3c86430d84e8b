import type { LabTab } from '../../components/labs/lab-tab.js';

/** The pages of the regularization laboratory, in their order; the first one is the laboratory's own address. */
export const REGULARIZATION_TABS: readonly LabTab[] = [
  { path: '', label: 'Experiment', component: () => import('./ExperimentView.vue') },
];
