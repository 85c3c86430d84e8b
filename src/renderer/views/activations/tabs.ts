import type { LabTab } from '../../components/labs/lab-tab.js';

/** Address of the activation laboratory, and its pages in their order. */
export const ACTIVATIONS_BASE = '/labs/activations';
export const ACTIVATIONS_TABS: readonly LabTab[] = [
  { path: '', label: 'Comparison', component: () => import('./ComparisonPage.vue') },
  { path: 'functions', label: 'Functions', component: () => import('./FunctionsPage.vue') },
  { path: 'guide', label: 'Guide', component: () => import('./GuidePage.vue') },
];
