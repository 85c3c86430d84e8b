/** The doctor's door: what the program depends on, each problem with its cure. */
export { doctor } from './doctor.js';
