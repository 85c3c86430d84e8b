/** The door of training. */
export type { Alarm, AlarmKind } from './alarms.js';
export { readConfigFile } from './config-file.js';
export { PauseControl } from './pause-control.js';
export { resumeTraining, train, type SkippedPhoto, type TrainingOptions, type TrainingReport } from './train.js';
