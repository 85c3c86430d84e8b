/**
 * `ColourCounts` as bytes: four or five a cell.
 *
 * Little-endian base-128 numbers ("varints", as in protocol buffers): pixels, number of cells, then for each cell its distance from the
 * cell before, its count, and one byte each for the mean's place within the cell in 1/256, along a and along b.
 */
import { AB_CELLS, AB_MIN } from '../../../shared/colour/cells.js';
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { PACKED_PARTS } from '../../../shared/colour/packed-ab.js';

/** Varints of what we store take at most 5 bytes (35 bits). */
const LONGEST = 5;

/** Bytes of the colours of a photograph. @see readCounts */
export function writeCounts(counts: ColourCounts): Uint8Array {
  const bytes = new Uint8Array(2 * LONGEST + counts.cells.length * (2 * LONGEST + 2));
  let at = putNumber(bytes, 0, counts.pixels);
  at = putNumber(bytes, at, counts.cells.length);
  let before = 0;
  for (let k = 0; k < counts.cells.length; k++) {
    const cell = counts.cells[k];
    at = putNumber(bytes, at, cell - before);
    at = putNumber(bytes, at, counts.counts[k]);
    bytes[at++] = partOf(counts.meanA[k], Math.floor(cell / AB_CELLS));
    bytes[at++] = partOf(counts.meanB[k], cell % AB_CELLS);
    before = cell;
  }
  return bytes.slice(0, at);
}

/**
 * Colours of a photograph from their bytes, the very numbers that were written.
 * @throws {RangeError} when the bytes are not whole
 */
export function readCounts(bytes: Uint8Array): ColourCounts {
  const reader = new NumberReader(bytes);
  const pixels = reader.number();
  const n = reader.number();
  if (n > AB_CELLS * AB_CELLS) throw new RangeError(`${n} cells are more than there are`);
  const counts: ColourCounts = {
    pixels,
    cells: new Uint16Array(n),
    counts: new Uint32Array(n),
    meanA: new Float32Array(n),
    meanB: new Float32Array(n),
  };
  let cell = 0;
  for (let k = 0; k < n; k++) {
    cell += reader.number();
    counts.cells[k] = cell;
    counts.counts[k] = reader.number();
    counts.meanA[k] = Math.floor(cell / AB_CELLS) + AB_MIN + reader.byte() / PACKED_PARTS;
    counts.meanB[k] = (cell % AB_CELLS) + AB_MIN + reader.byte() / PACKED_PARTS;
  }
  reader.expectEnd();
  return counts;
}

function partOf(mean: number, index: number): number {
  return Math.round((mean - AB_MIN - index) * PACKED_PARTS);
}

/** Writes a whole number below 2^35 and returns where the next one goes. */
function putNumber(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest >= 128) {
    bytes[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}

class NumberReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    if (this.at >= this.bytes.length) throw new RangeError('the colour counts end too early');
    return this.bytes[this.at++];
  }

  number(): number {
    let value = 0;
    let scale = 1;
    for (let k = 0; k < LONGEST; k++, scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('the colour counts hold a number that is too long');
  }

  expectEnd(): void {
    if (this.at !== this.bytes.length) throw new RangeError('the colour counts go on after their end');
  }
}
