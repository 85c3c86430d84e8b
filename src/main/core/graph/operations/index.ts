/** Every operation, one file a family. Importing this file makes them all known to the builder. */
export * from './activation.js';
export * from './array.js';
export * from './convolution.js';
export * from './loss.js';
export * from './math.js';
export * from './normalization.js';
export * from './pool.js';
export * from './random.js';
export * from './reduce.js';
export * from './resize.js';
export * from './state.js';
export { saveTensors, restoreTensors } from './checkpoint.js';
