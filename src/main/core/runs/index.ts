/** Runs on disk: the door for everything that reads one. */
export { bestCheckpoint, type Checkpoint } from './checkpoint.js';
export { openRun, Run, type CheckpointChoice, type Preview } from './run.js';
