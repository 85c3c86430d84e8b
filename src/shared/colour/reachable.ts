/**
 * The ab cells that sRGB reaches: the colours of all 16,777,216 8-bit sRGB values, counted once each.
 */
import { AB_CELLS, AB_MIN } from './cells.js';
import { ColourHistogram } from './histogram.js';
import { PACKED_PARTS, packPicture } from './packed-ab.js';

let reachable: ColourHistogram | undefined;

/** Histogram of every 8-bit sRGB colour; made when first asked for (half a second) and shared: do not add to it. */
export function reachableColours(): ColourHistogram {
  return (reachable ??= countEveryColour());
}

/** A copy, so that the innermost loop reads no other module. */
const CELLS_A_SIDE = AB_CELLS;
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
  unpack(histogram.sumA, histogram.counts);
  unpack(histogram.sumB, histogram.counts);
  histogram.pixels = LEVELS ** 3;
  return histogram;
}

/** Adds colours up in whole numbers: pixels, and places of a and b within the cell. */
function addPacked({ counts, sumA, sumB }: ColourHistogram, packed: Uint32Array): void {
  for (let i = 0; i < packed.length; i++) {
    const value = packed[i];
    const cell = (value >>> 24) * CELLS_A_SIDE + ((value >>> 8) & 0xff);
    counts[cell] += 1;
    sumA[cell] += value >>> 16;
    sumB[cell] += value & 0xffff;
  }
}

/** From packed values to ab units. */
function unpack(sums: Float64Array, counts: Float64Array): void {
  for (let cell = 0; cell < sums.length; cell++) sums[cell] = sums[cell] / PACKED_PARTS + counts[cell] * AB_MIN;
}
