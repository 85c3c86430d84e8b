/**
 * What true hints are worth: test photographs of a run, colorized without hints and with some of their own colours at random places.
 * `npm run build && node scripts/bench/hints.mjs RUN [--counts 1,3,10,30] [--photographs 100]`. A hint is the mean colour of the square that it
 * stands for; the same places for every count, the first of them. Told beside it: how far the painted pixel in the middle of a hint is from the hint.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** dB that ten true hints are to bring. */
const wanted = { count: 10, gain: 2.5 };

const { values, positionals: [path] } = parseArgs({
  allowPositionals: true, options: { counts: { type: 'string', default: '1,3,10,30' }, photographs: { type: 'string', default: '100' } },
});
if (path === undefined) throw new Error('Name a run that was taught to follow hints: node scripts/bench/hints.mjs RUN');
const counts = values.counts.split(',').map(Number);

const { openColorizer, openRun } = await import('../../out/main/core/runs/index.js');
const { colorizePicture } = await import('../../out/main/core/colorizing/colorize-picture.js');
const { decodePhoto } = await import('../../out/main/core/photos/decode.js');
const { HINT_SIDE } = await import('../../out/shared/colour/hints.js');
const { labPlanes } = await import('../../out/shared/colour/lab.js');
const { peakSignalToNoise } = await import('../../out/shared/colour/metrics.js');
const { Random } = await import('../../out/shared/random.js');

/**
 * True hints at random places.
 * @param {{ data: Uint8Array, width: number, height: number }} photo @param {number} count @param {number} seenSide @param {InstanceType<typeof Random>} random
 */
function trueHints({ data, width, height }, count, seenSide, random) {
  const { a, b } = labPlanes(data);
  const side = Math.max(1, Math.round((HINT_SIDE * Math.min(width, height)) / seenSide));
  return Array.from({ length: count }, () => {
    const [left, top] = [random.integer(width - side + 1), random.integer(height - side + 1)];
    let [sumA, sumB] = [0, 0];
    for (let y = top; y < top + side; y++) {
      for (let x = left; x < left + side; x++) {
        sumA += a[y * width + x];
        sumB += b[y * width + x];
      }
    }
    return { x: (left + side / 2) / width, y: (top + side / 2) / height, a: sumA / side ** 2, b: sumB / side ** 2 };
  });
}

/**
 * Distances of the painted pixels in the middle of hints from the hints, in ab units.
 * @param {{ data: Uint8Array, width: number, height: number }} painted @param {readonly { x: number, y: number, a: number, b: number }[]} hints
 */
function misses({ data, width, height }, hints) {
  const planes = labPlanes(data);
  return hints.map(({ x, y, a, b }) => {
    const pixel = Math.floor(y * height) * width + Math.floor(x * width);
    return Math.hypot(planes.a[pixel] - a, planes.b[pixel] - b);
  });
}

const run = await openRun(path);
const colorizer = await openColorizer(run, { checkpoint: 'newest' });
if (!colorizer.takesHints) throw new Error(`${path} was not taught to follow hints.`);
const photographs = (await run.split()).test.slice(0, Number(values.photographs));
const random = new Random(1, 'true hints');
/** PSNR by the number of hints. @type {Map<number, number[]>} */
const found = new Map([0, ...counts].map((count) => [count, []]));
/** Misses by the number of hints. @type {Map<number, number[]>} */
const missed = new Map([...found.keys()].map((count) => [count, []]));
for (const photograph of photographs) {
  const truth = await decodePhoto(join(run.file.data.folder, photograph.path));
  const hints = trueHints(truth, Math.max(...counts), colorizer.seenSide, random);
  for (const [count, list] of found) {
    const painted = await colorizePicture(truth, colorizer, colorizer.temperature, hints.slice(0, count));
    list.push(peakSignalToNoise(truth.data, painted.data));
    missed.get(count)?.push(...misses(painted, hints.slice(0, count)));
  }
}
colorizer.close();

const mean = (/** @type {readonly number[]} */ list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const base = mean(found.get(0) ?? []);
for (const [count, list] of found) {
  const note = count === wanted.count ? ` (wanted: +${wanted.gain})` : '';
  console.log(`${String(count).padStart(3)} hints  PSNR ${mean(list).toFixed(2)} dB${count === 0 ? '' : `, ${(mean(list) - base).toFixed(2)} more${note}; at a hint ${mean(missed.get(count) ?? []).toFixed(2)} ab units off`}`);
}
console.log(JSON.stringify({ benchmark: 'hints', photographs: photographs.length, psnr: Object.fromEntries([...found].map(([count, list]) => [count, mean(list)])) }));
