/**
 * One training in a process of its own: `training-run.mjs FOLDER OUT PRESET STEPS`. Prints one JSON line: steps, seconds, peakBytes,
 * waitShare (of the steps' time, waiting for photographs).
 */
import { quietContext } from '../../out/main/core/job.js';
import { openRun } from '../../out/main/core/runs/index.js';
import { train } from '../../out/main/core/training/index.js';
import { assembleConfig } from '../../out/shared/run/assemble.js';
import { peakBytes } from './program.mjs';

const [folder, out, preset, steps] = process.argv.slice(2);
const config = assembleConfig([{ preset, budget: { steps: Number(steps) } }]);
const { step, seconds } = await train({ folder, out, config }, quietContext());
const reports = await (await openRun(out)).metrics();
const waitShare = reports.reduce((sum, report) => sum + report.waitShare, 0) / reports.length;
console.log(JSON.stringify({ steps: step, seconds, peakBytes: peakBytes(), waitShare }));
