import type { RunSummary } from '../../shared/contract/run-view.js';

/** The state of a run in a word. */
export const RUN_STATE_WORDS: Record<RunSummary['state'], string> = {
  training: 'training',
  interrupted: 'interrupted',
  stopped: 'stopped',
  finished: 'finished',
  failed: 'failed',
  unreadable: 'cannot be read',
};
