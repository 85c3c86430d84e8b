/**
 * `npm run gpu-engine`: sets the engine for NVIDIA's GPUs up beside the processor's, also on a machine that has none (an image of a
 * container is made on one). `npm start -- --gpu`, or `CHROMABENCH_ENGINE=gpu` before a command, computes with it.
 */
import { setUp, setUpGpu } from './setup.mjs';
import { cacheFolder, dropDownloads } from './setup/cache.mjs';
import { SetupFault } from './setup/fault.mjs';
import { say } from './setup/report.mjs';

try {
  await setUp();
  await setUpGpu();
  await dropDownloads(cacheFolder());
} catch (error) {
  if (!(error instanceof SetupFault)) throw error;
  say(`\n${error.message}`);
  process.exitCode = 1;
}
