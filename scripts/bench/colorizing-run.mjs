/**
 * One timed run in a process of its own: `colorizing-run.mjs RUN FOLDER OUT` colorizes a folder with a run. Prints one JSON line:
 * photographs, seconds, cpuSeconds, peakBytes. Opening the network is not counted.
 */
import { colorizeFolder } from '../../out/main/core/colorizing/colorize-folder.js';
import { quietContext } from '../../out/main/core/job.js';
import { withTrainedModel } from '../../out/main/core/trained-model.js';
import { peakBytes } from './program.mjs';

const [run, folder, out] = process.argv.slice(2);
const { photographs, seconds, cpuSeconds } = await withTrainedModel(run, 'best', async (model) => {
  const [began, worked] = [performance.now(), process.cpuUsage()];
  const { done } = await colorizeFolder({ inputs: [folder], out, format: 'png', temperature: 0.38, overwrite: false }, model, quietContext());
  const { user, system } = process.cpuUsage(worked);
  return { photographs: done, seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 };
});
console.log(JSON.stringify({ photographs, seconds, cpuSeconds, peakBytes: peakBytes() }));
