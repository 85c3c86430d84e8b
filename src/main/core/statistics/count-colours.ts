/**
 * Counts the colours of one photograph, at a few nanoseconds a pixel.
 *
 * A table holds the packed chromaticity of every 8-bit colour met so far (64 MB of address space, of which only the touched
 * pages take memory). It is laid out by the differences of red and blue from green, then by green: neighbouring pixels of a photograph
 * mostly differ in lightness alone, so that they read one cache line. Sums are whole numbers: the order of pixels and
 * photographs never changes a result.
 */
import { AB_CELLS, AB_MIN } from '../../../shared/colour/cells.js';
import { ColourHistogram, type ColourCounts } from '../../../shared/colour/histogram.js';
import { PACKED_PARTS, packedAb } from '../../../shared/colour/packed-ab.js';

/** Pixels that are counted in one go: their summed parts (up to 255 each) still fit 32 bits. */
const BLOCK = 2 ** 24;
/** Rows and columns of cells take a byte each, so that a cell's place needs no multiplication. */
const PLACES = 2 ** 16;
/** Numbers a place: pixels, their summed places of a and of b within the cell, and one that keeps a place within a cache line. */
const STRIDE = 4;

// The engine knows address and length of a constant array and reads neither for each pixel: that halves the time.
/** Packed chromaticity, 0 where the colour was not met yet. Uint32Array [2^24] */
const packedOf = new Uint32Array(2 ** 24);
/** What was counted, by cell place; all zero between two photographs. Uint32Array [65536, 4] */
const sums = new Uint32Array(PLACES * STRIDE);
/** A bit for each place that holds a pixel; all zero between two photographs. Uint32Array [2048] */
const touched = new Uint32Array(PLACES / 32);

/**
 * Colours of a photograph.
 * @param rgb 8-bit sRGB, interleaved, Uint8Array [pixels * 3]
 * @returns means rounded to 1/256 of an ab unit, so that the cache can hold the very same numbers
 * @throws {RangeError} when the length is no multiple of 3
 */
export function countColours(rgb: Uint8Array): ColourCounts {
  if (rgb.length % 3 !== 0) throw new RangeError(`${rgb.length} samples are no whole number of RGB pixels`);
  if (rgb.length > BLOCK * 3) return countInBlocks(rgb);
  countPixels(rgb);
  return collect(rgb.length / 3);
}

function countPixels(rgb: Uint8Array): void {
  for (let p = 0; p < rgb.length; p += 3) {
    const r = rgb[p];
    const g = rgb[p + 1];
    const b = rgb[p + 2];
    const colour = (((r - g) & 0xff) << 16) | (((b - g) & 0xff) << 8) | g;
    let packed = packedOf[colour];
    if (packed === 0) packed = packedOf[colour] = packedAb(r, g, b);
    const place = ((packed >>> 16) & 0xff00) | ((packed >>> 8) & 0xff);
    const at = place * STRIDE;
    if (sums[at]++ === 0) touched[place >>> 5] |= 1 << (place & 31);
    sums[at + 1] += (packed >>> 16) & 0xff;
    sums[at + 2] += packed & 0xff;
  }
}

/** Takes the counts out and leaves zeros. */
function collect(pixels: number): ColourCounts {
  const places = filledPlaces();
  const n = places.length;
  const photo = emptyCounts(n, pixels);
  for (let k = 0; k < n; k++) {
    const place = places[k];
    const row = place >>> 8;
    const column = place & 0xff;
    photo.cells[k] = row * AB_CELLS + column;
    const at = place * STRIDE;
    const count = sums[at];
    photo.counts[k] = count;
    photo.meanA[k] = row + AB_MIN + meanPart(sums[at + 1], count);
    photo.meanB[k] = column + AB_MIN + meanPart(sums[at + 2], count);
    sums[at] = sums[at + 1] = sums[at + 2] = 0;
  }
  return photo;
}

function emptyCounts(cells: number, pixels: number): ColourCounts {
  return {
    pixels,
    cells: new Uint16Array(cells),
    counts: new Uint32Array(cells),
    meanA: new Float32Array(cells),
    meanB: new Float32Array(cells),
  };
}

const found = new Uint16Array(AB_CELLS * AB_CELLS);

/** Takes the touched places out, ascending, and leaves no bit. */
function filledPlaces(): Uint16Array {
  let n = 0;
  for (let word = 0; word < touched.length; word++) {
    for (let bits = touched[word]; bits !== 0; bits &= bits - 1) found[n++] = word * 32 + 31 - Math.clz32(bits & -bits);
    touched[word] = 0;
  }
  return found.subarray(0, n);
}

function meanPart(sum: number, count: number): number {
  return Math.round(sum / count) / PACKED_PARTS;
}

/** Above 16.7 million pixels. */
function countInBlocks(rgb: Uint8Array): ColourCounts {
  const whole = new ColourHistogram();
  for (let p = 0; p < rgb.length; p += BLOCK * 3) whole.add(countColours(rgb.subarray(p, p + BLOCK * 3)));
  const cells = Uint16Array.from(whole.counts.keys()).filter((cell) => whole.counts[cell] > 0);
  const rounded = (sums: Float64Array): Float32Array =>
    Float32Array.from(cells, (cell) => Math.round((sums[cell] / whole.counts[cell]) * PACKED_PARTS) / PACKED_PARTS);
  return {
    pixels: whole.pixels,
    cells,
    counts: Uint32Array.from(cells, (cell) => whole.counts[cell]),
    meanA: rounded(whole.sumA),
    meanB: rounded(whole.sumB),
  };
}
