/**
 * The ab cells that sRGB reaches: the colours of all 16,777,216 8-bit sRGB values, counted once each.
 */
import { AB_MIN } from './cells.js';
import { ColourHistogram } from './histogram.js';
import { PACKED_PARTS, cellOfPacked, packPicture } from './packed-ab.js';

let reachable: ColourHistogram | undefined;

/** Histogram of every 8-bit sRGB colour; made when first asked for (half a second) and shared: do not add to it. */
export function reachableColours(): ColourHistogram {
  return (reachable ??= countEveryColour());
}

const LEVELS = 256;
const SLICE = LEVELS * LEVELS;

/** One slice of equal red after the other. */
function countEveryColour(): ColourHistogram {
  const histogram = new ColourHistogram();
  const rgb = new Uint8Array(SLICE * 3).map((_, p) => [0, Math.floor(p / 3 / LEVELS), Math.floor(p / 3) % LEVELS][p % 3]);
  const planes = { L: new Float32Array(SLICE), a: new Float32Array(SLICE), b: new Float32Array(SLICE) };
  const packed = new Uint32Array(SLICE);
  for (let red = 0; red < LEVELS; red++) {
    for (let p = 0; p < rgb.length; p += 3) rgb[p] = red;
    packPicture(rgb, planes, packed);
    addPacked(histogram, packed);
  }
  return histogram;
}

function addPacked(histogram: ColourHistogram, packed: Uint32Array): void {
  const { counts, sumA, sumB } = histogram;
  for (let i = 0; i < packed.length; i++) {
    const cell = cellOfPacked(packed[i]);
    counts[cell] += 1;
    sumA[cell] += (packed[i] >>> 16) / PACKED_PARTS + AB_MIN;
    sumB[cell] += (packed[i] & 0xffff) / PACKED_PARTS + AB_MIN;
  }
  histogram.pixels += packed.length;
}
