/**
 * One timed run in a process of its own: `statistics-run.mjs bare|scan FOLDER`. Prints one JSON line: photographs, seconds,
 * cpuSeconds, peakBytes. The cache of a scan lies where CHROMABENCH_CACHE says.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietContext } from '../../out/main/core/job.js';
import { sharp } from '../../out/main/core/photos/codec.js';
import { scanFolder } from '../../out/main/core/photos/scan.js';

const [kind, folder] = process.argv.slice(2);
const began = performance.now();
const photographs = kind === 'bare' ? await decodeAll() : await scan();
const seconds = (performance.now() - began) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ photographs, seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 }));

/** What cannot be undercut: sharp decodes every file and the pixels are dropped. */
async function decodeAll() {
  const paths = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.jpg')).map((name) => join(folder, name));
  let next = 0;
  const lane = async () => {
    while (next < paths.length) await sharp(await readFile(paths[next++])).raw().toBuffer();
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return paths.length;
}

async function scan() {
  const scanned = await scanFolder(folder, { context: quietContext() });
  await scanned.close();
  return scanned.photos.length;
}
