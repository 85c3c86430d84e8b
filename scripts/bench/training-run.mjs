/**
 * One training in a process of its own: `training-run.mjs FOLDER OUT PRESET STEPS`. Prints one JSON line: steps, seconds (of the steps), elapsed (with all
 * around them), peakBytes, waitShare (of the steps' time, waiting for photographs), and the same by epochs.
 */
import { quietContext } from '../../out/main/core/job.js';
import { openRun } from '../../out/main/core/runs/index.js';
import { train } from '../../out/main/core/training/index.js';
import { assembleConfig } from '../../out/shared/run/assemble.js';
import { peakBytes } from './program.mjs';

const [folder, out, preset, steps] = process.argv.slice(2);
const config = assembleConfig([{ preset, budget: { steps: Number(steps) } }]);
const began = performance.now();
const { step, seconds } = await train({ folder, out, config }, quietContext());
const elapsed = (performance.now() - began) / 1000;
const reports = await (await openRun(out)).metrics();
const waitShare = reports.reduce((sum, report) => sum + report.waitShare, 0) / reports.length;
console.log(JSON.stringify({ steps: step, seconds, elapsed, peakBytes: peakBytes(), waitShare, epochs: byEpoch(reports) }));

/** @param {readonly { epoch: number, waitShare: number, photographsASecond: number }[]} all */
function byEpoch(all) {
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const epochs = [...new Set(all.map(({ epoch }) => Math.ceil(epoch)))].map((epoch) => ({ epoch, its: all.filter((report) => Math.ceil(report.epoch) === epoch) }));
  return epochs.map(({ epoch, its }) => ({ epoch, waitShare: mean(its.map(({ waitShare }) => waitShare)), photographsASecond: 1 / mean(its.map(({ photographsASecond }) => 1 / photographsASecond)) }));
}
