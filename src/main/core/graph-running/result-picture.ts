/**
 * What a node gave, as a picture: an RGB picture where it looks like one; else every channel as a tile, on the diverging scale where there are
 * values below zero, from its smallest (black) to its largest value (white) where there are none.
 */
import { weightColour } from '../../../shared/charts/colour-scale.js';
import { UserError } from '../errors.js';
import { sharp } from '../photos/codec.js';

/** Tiles of a grid at most; the rest is left out. */
const MOST_TILES = 256;
const GAP = 1;

/** @param values float32, row-major [height, width], [height, width, channels] or [count, height, width, channels]. @returns PNG */
export async function resultPicture(name: string, shape: readonly number[], values: Float32Array): Promise<Buffer> {
  const [count, height, width, channels] = pictureAxes(name, shape);
  if (count === 1 && channels === 3) return encode(normalized(values), width, height);
  const tiles = Math.min(MOST_TILES, count * channels);
  const across = Math.ceil(Math.sqrt(tiles));
  const [gridWidth, gridHeight] = [across * (width + GAP) - GAP, Math.ceil(tiles / across) * (height + GAP) - GAP];
  const grid = Buffer.alloc(gridWidth * gridHeight * 3, 128);
  const paint = painterOf(values);
  for (let tile = 0; tile < tiles; tile++) {
    const plane = paint(planeOf(values, tile, height * width, channels));
    const [left, top] = [(tile % across) * (width + GAP), Math.floor(tile / across) * (height + GAP)];
    for (let y = 0; y < height; y++) plane.copy(grid, 3 * ((top + y) * gridWidth + left), 3 * y * width, 3 * (y + 1) * width);
  }
  return encode(grid, gridWidth, gridHeight);
}

/** Colours of a tile, three bytes a value; what is no finite number is black. */
function painterOf(values: Float32Array): (plane: Float32Array) => Buffer {
  const finite = (value: number) => (Number.isFinite(value) ? Math.abs(value) : 0);
  const limit = values.reduce((most, value) => Math.max(most, finite(value)), 0);
  if (!values.some((value) => value < 0 && Number.isFinite(value))) return (plane) => inThree(normalized(plane));
  return (plane) => {
    const colours = Buffer.alloc(3 * plane.length);
    plane.forEach((value, i) => Number.isFinite(value) && colours.set(SIGNED[Math.round((value / limit) * STEPS) + STEPS], 3 * i));
    return colours;
  };
}

/** Colours of each sign. */
const STEPS = 127;
/** Red, green and blue from -1 to 1. */
const SIGNED = Array.from({ length: 2 * STEPS + 1 }, (_, k) => Buffer.from(weightColour(k / STEPS - 1).slice(1), 'hex'));

function inThree(gray: Buffer): Buffer {
  const colours = Buffer.alloc(3 * gray.length);
  gray.forEach((level, i) => colours.fill(level, 3 * i, 3 * i + 3));
  return colours;
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

function encode(data: Buffer, width: number, height: number): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer();
}
