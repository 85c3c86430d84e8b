/** What the demonstration trains with, as data: the preset `fast`, changed for a few dozen photographs and a few minutes. */
import type { ConfigLayer } from '../../../shared/run/assemble.js';

export const DEMO_SETTINGS: ConfigLayer = {
  preset: 'fast',
  budget: { minutes: 2 },
  photos: { testShare: 0 },
  checkpoints: { every: 100 },
};

/** Softer than usual: after minutes of training a network is less sure of itself than it looks. */
export const DEMO_TEMPERATURE = 0.6;
