/** Runs on disk: the door for everything that reads one. */
export { bestCheckpoint, type Checkpoint } from './checkpoint.js';
export { openColorizer, type Colorizer, type PictureBatch } from './colorizer.js';
export type { LayerFilters } from './network.js';
export type { Preview } from './preview.js';
export { openRun, Run, type CheckpointChoice } from './run.js';
