/** What a node gave, as a picture: an RGB picture where it looks like one, else every channel as a tile from its smallest (black) to its largest value (white). */
import { UserError } from '../errors.js';
import { sharp } from '../photos/codec.js';

/** Tiles of a grid at most; the rest is left out. */
const MOST_TILES = 256;
const GAP = 1;

/** @param values float32, row-major [height, width], [height, width, channels] or [count, height, width, channels]. @returns PNG */
export async function resultPicture(name: string, shape: readonly number[], values: Float32Array): Promise<Buffer> {
  const [count, height, width, channels] = pictureAxes(name, shape);
  if (count === 1 && channels === 3) return encode(normalized(values), width, height, 3);
  const tiles = Math.min(MOST_TILES, count * channels);
  const across = Math.ceil(Math.sqrt(tiles));
  const [gridWidth, gridHeight] = [across * (width + GAP) - GAP, Math.ceil(tiles / across) * (height + GAP) - GAP];
  const grid = Buffer.alloc(gridWidth * gridHeight, 128);
  for (let tile = 0; tile < tiles; tile++) {
    const plane = normalized(planeOf(values, tile, height * width, channels));
    const [left, top] = [(tile % across) * (width + GAP), Math.floor(tile / across) * (height + GAP)];
    for (let y = 0; y < height; y++) plane.copy(grid, (top + y) * gridWidth + left, y * width, (y + 1) * width);
  }
  return encode(grid, gridWidth, gridHeight, 1);
}

function pictureAxes(name: string, shape: readonly number[]): readonly number[] {
  const axes = { 1: [1, 1, shape[0], 1], 2: [1, ...shape, 1], 3: [1, ...shape], 4: shape }[shape.length];
  const pixels = axes?.reduce((product, size) => product * size, 1) ?? 0;
  if (axes === undefined || pixels === 0) throw new UserError(`${name} gave ${JSON.stringify(shape)}, which is no picture. Leave pictures out of what is saved.`, { option: '--format npy' });
  return axes;
}

function planeOf(values: Float32Array, tile: number, size: number, channels: number): Float32Array {
  const from = Math.floor(tile / channels) * size * channels + (tile % channels);
  return Float32Array.from({ length: size }, (_, i) => values[from + i * channels]);
}

/** From the smallest to the largest finite value; what is not finite is black. */
function normalized(values: Float32Array): Buffer {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = high > low ? 255 / (high - low) : 0;
  return Buffer.from(Uint8ClampedArray.from(values, (value) => (Number.isFinite(value) ? Math.round((value - low) * scale) : 0)));
}

function encode(data: Buffer, width: number, height: number, channels: 1 | 3): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels } }).png().toBuffer();
}
