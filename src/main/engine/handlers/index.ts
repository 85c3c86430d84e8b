import type { Handlers } from './handler.js';

/** The program's own handlers, one file a kind. */
export const handlers: Handlers = {
  doctor: async () => (await import('./doctor.js')).doctor,
  inspect: async () => (await import('./inspect.js')).inspect,
  scan: async () => (await import('./scan.js')).scan,
  train: async () => (await import('./train.js')).train,
  resume: async () => (await import('./resume.js')).resume,
  colorize: async () => (await import('./colorize.js')).colorize,
  evaluate: async () => (await import('./evaluate.js')).evaluate,
  charts: async () => (await import('./charts.js')).charts,
  report: async () => (await import('./report.js')).report,
  estimate: async () => (await import('./estimate.js')).estimate,
  demo: async () => (await import('./demo.js')).demo,
  graphInfo: async () => (await import('./graph-info.js')).graphInfo,
  graphNodes: async () => (await import('./graph-nodes.js')).graphNodes,
  graphCheckpoint: async () => (await import('./graph-checkpoint.js')).graphCheckpoint,
  regularization: async () => (await import('./regularization.js')).regularization,
  shrink: async () => (await import('./regularization.js')).shrink,
  sweep: async () => (await import('./regularization.js')).sweep,
  activations: async () => (await import('./activations.js')).activations,
  resumeActivations: async () => (await import('./activations.js')).resumeActivations,
  film: async () => (await import('./regularization.js')).film,
  outliers: async () => (await import('./regularization.js')).outliers,
};
