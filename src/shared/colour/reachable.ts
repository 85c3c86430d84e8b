/**
 * The ab cells that sRGB reaches: the colours of all 16,777,216 8-bit sRGB values, counted once each.
 */
import { AB_CELLS, AB_MIN } from './cells.js';
import { ColourHistogram } from './histogram.js';
import { PACKED_STEPS, packedAb } from './packed-ab.js';

let reachable: ColourHistogram | undefined;

/** Histogram of every 8-bit sRGB colour; made when first asked for (about a second) and shared: do not add to it. */
export function reachableColours(): ColourHistogram {
  return (reachable ??= countEveryColour());
}

function countEveryColour(): ColourHistogram {
  const histogram = new ColourHistogram();
  for (let r = 0; r < 256; r++) {
    for (let g = 0; g < 256; g++) {
      for (let b = 0; b < 256; b++) {
        const packed = packedAb(r, g, b);
        const fixedA = packed >>> 16;
        const fixedB = packed & 0xffff;
        const cell = (fixedA >>> 8) * AB_CELLS + (fixedB >>> 8);
        histogram.counts[cell] += 1;
        histogram.sumA[cell] += fixedA / PACKED_STEPS + AB_MIN;
        histogram.sumB[cell] += fixedB / PACKED_STEPS + AB_MIN;
      }
    }
  }
  histogram.pixels = 256 ** 3;
  return histogram;
}
