import type { JobKind } from '../contract/kinds.js';

/** What ends, for jobs that one may walk away from, as it stands after "the". */
export const JOB_NOUNS: Readonly<Partial<Record<JobKind, string>>> = {
  train: 'training',
  resume: 'training',
  clusterTrain: 'training on the cluster',
  clusterResume: 'training on the cluster',
  clusterAttach: 'training on the cluster',
  colorize: 'colorizing',
  evaluate: 'evaluation',
  charts: 'drawing of the charts',
  regularization: 'regularization experiment',
  shrink: 'training of the smaller network',
  sweep: 'sweep',
  outliers: 'comparison of losses and penalties',
  film: 'film of the weights',
  activations: 'comparison of activations',
  resumeActivations: 'comparison of activations',
  report: 'report',
  demo: 'demonstration',
};
