/**
 * One timed run in a process of its own: `statistics-run.mjs bare|counted|hashed|scan FOLDER`. Prints one JSON line: photographs,
 * seconds, cpuSeconds, peakBytes. The cache of a scan lies where CHROMABENCH_CACHE says.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietContext } from '../../out/main/core/job.js';
import { sharp } from '../../out/main/core/photos/codec.js';
import { contentIdOf } from '../../out/main/core/photos/content-id.js';
import { scanFolder } from '../../out/main/core/photos/scan.js';
import { countColours } from '../../out/main/core/statistics/count-colours.js';
import { peakBytes } from './program.mjs';

const [kind, folder] = process.argv.slice(2);
const began = performance.now();
/** What is done with each file; a scan does all of it, keeps what it found, and tells of every file what became of it. */
const works = {
  /** What cannot be undercut: sharp decodes and the pixels are dropped. */
  bare: (/** @type {Buffer} */ bytes) => sharp(bytes).raw().toBuffer(),
  counted: async (/** @type {Buffer} */ bytes) => countColours(await sharp(bytes).raw().toBuffer()),
  hashed: async (/** @type {Buffer} */ bytes) => contentIdOf(bytes),
};
const photographs = kind === 'scan' ? await scan() : await ofEach(works[/** @type {keyof typeof works} */ (kind)]);
const seconds = (performance.now() - began) / 1000;
const { userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(JSON.stringify({ photographs, seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: peakBytes() }));

/** @param {(bytes: Buffer) => Promise<unknown>} work */
async function ofEach(work) {
  const paths = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.jpg')).map((name) => join(folder, name));
  let next = 0;
  const lane = async () => {
    while (next < paths.length) await work(await readFile(paths[next++]));
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return paths.length;
}

async function scan() {
  const scanned = await scanFolder(folder, { context: quietContext() });
  await scanned.close();
  return scanned.photos.length;
}
