/**
 * The ab cells that sRGB reaches: the colours of all 16,777,216 8-bit sRGB values, counted once each.
 */
import { AB_MIN } from './cells.js';
import { ColourHistogram } from './histogram.js';
import { PACKED_PARTS, cellOfPacked, packedAb } from './packed-ab.js';

let reachable: ColourHistogram | undefined;

/** Histogram of every 8-bit sRGB colour; made when first asked for (about a second) and shared: do not add to it. */
export function reachableColours(): ColourHistogram {
  return (reachable ??= countEveryColour());
}

function countEveryColour(): ColourHistogram {
  const histogram = new ColourHistogram();
  for (let r = 0; r < 256; r++) {
    for (let g = 0; g < 256; g++) {
      for (let b = 0; b < 256; b++) addPacked(histogram, packedAb(r, g, b));
    }
  }
  histogram.pixels = 256 ** 3;
  return histogram;
}

function addPacked(histogram: ColourHistogram, packed: number): void {
  const cell = cellOfPacked(packed);
  histogram.counts[cell] += 1;
  histogram.sumA[cell] += (packed >>> 16) / PACKED_PARTS + AB_MIN;
  histogram.sumB[cell] += (packed & 0xffff) / PACKED_PARTS + AB_MIN;
}
