/** What the demonstration trains with, as data: the preset `fast`, changed for a few dozen photographs and a few minutes. */
import type { ConfigLayer } from '../../../shared/run/assemble.js';

export const DEMO_SETTINGS: ConfigLayer = {
  preset: 'fast',
  budget: { minutes: 2 },
  photos: { testShare: 0 },
  patches: { batch: 8 },
  checkpoints: { every: 100 },
};
