/** Any number of distinct photographs for a benchmark, made from the built-in ones. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const quality = 88;
/** Pictures encoded at a time, and pictures in a folder. */
const lanes = 4;
const shelf = 1000;

/**
 * Writes `count` square JPEGs in subfolders of `folder`. Each is one of `sources`, shifted around its borders, with
 * one channel dimmed: no two have the same pixels, and all have the colours and the detail of real photographs.
 * @param {string} folder
 * @param {number} count
 * @param {string} sources A folder with JPEGs.
 * @param {number} [side] Pixels.
 */
export async function makePhotographs(folder, count, sources, side = 256) {
  const originals = await readOriginals(sources, side, count);
  let next = 0;
  const lane = async () => {
    while (next < count) await makeOne(folder, next++, originals, side);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * @param {string} folder
 * @param {number} side
 * @param {number} most So many are enough.
 */
async function readOriginals(folder, side, most) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.jpg')).sort();
  if (names.length === 0) throw new Error(`There is no JPEG in ${folder}.`);
  return Promise.all(names.slice(0, most).map(async (name) => sharp(await readFile(join(folder, name))).resize(side, side).removeAlpha().raw().toBuffer()));
}

/**
 * @param {string} folder
 * @param {number} index
 * @param {readonly Buffer[]} originals Raw RGB.
 * @param {number} side
 */
async function makeOne(folder, index, originals, side) {
  const place = join(folder, String(Math.floor(index / shelf)).padStart(3, '0'));
  const pixels = varied(originals[index % originals.length], Math.floor(index / originals.length), side);
  await mkdir(place, { recursive: true });
  await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality })
    .toFile(join(place, `${String(index).padStart(6, '0')}.jpg`));
}

/**
 * @param {Buffer} original
 * @param {number} variant
 * @param {number} side
 */
function varied(original, variant, side) {
  const shift = (variant % side) * side * 3 + ((variant * 37) % side) * 3;
  const pixels = Buffer.concat([original.subarray(shift), original.subarray(0, shift)]);
  const channel = variant % 3;
  const keep = 1 - ((variant * 7) % 11) / 40;
  for (let at = channel; at < pixels.length; at += 3) pixels[at] = Math.round(pixels[at] * keep);
  return pixels;
}
