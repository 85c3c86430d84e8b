/** What the demonstration trains with, as data: the preset `fast`, changed for a few dozen photographs and a few minutes. */
import type { ConfigLayer } from '../../../shared/run/assemble.js';

export const DEMO_SETTINGS: ConfigLayer = {
  preset: 'fast',
  budget: { minutes: 2 },
  photos: { testShare: 0 },
  // So few photographs are soon known by heart: pieces at other sizes and in another light each time, and dropout, hold against it (docs/study.md).
  network: { dropout: 0.3 },
  patches: { batch: 8, zoom: 1.5, lightness: 0.2 },
  checkpoints: { every: 100 },
};
