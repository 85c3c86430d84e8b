/** The doctor's door: what the program depends on, each problem with its cure. */
export { doctor } from './doctor.js';
export { describeReport } from './describe.js';
export type { DoctorReport, Facts, Problem } from './report.js';
