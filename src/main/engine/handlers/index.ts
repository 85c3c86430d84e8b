import type { Handlers } from './handler.js';

/** The program's own handlers, one file a kind. */
export const handlers: Handlers = {
  inspect: async () => (await import('./inspect.js')).inspect,
  scan: async () => (await import('./scan.js')).scan,
  train: async () => (await import('./train.js')).train,
  resume: async () => (await import('./resume.js')).resume,
  colorize: async () => (await import('./colorize.js')).colorize,
};
