/**
 * Photographs made to look like old scans, by a stated recipe: the same photograph is worn the same way every time. Lightness
 * L is 0..100; lengths are told in units of 1/256 of the shorter side, at least a pixel, so that the size of a scan does not matter.
 *
 * - `sepia`: a toned print. L becomes 12 + 0.78 L, and is tinted at hue b/a = 3: a = 8 t, b = 24 t, where t = 4 l (1 - l) of the new
 *   lightness l = L / 100, so that blacks and whites stay nearly neutral.
 * - `faded`: L becomes 38 + 0.45 L.
 * - `grainy`: to each square grain of one unit a side a number is added to L, drawn from a normal distribution of standard deviation 8.
 * - `scratched`: 14 scratches, a unit wide, that lean up to a twentieth from the upright and run over 0.3 to 1 of the height, and 40 specks,
 *   squares of 1 to 4 units; seven of ten are light (L 92), the others dark (L 10).
 */
import { writeFittedRgb } from '../../../shared/colour/gamut.js';
import { lightnessOf } from '../../../shared/colour/lab.js';
import { Random } from '../../../shared/random.js';
import type { Wear } from '../../../shared/run/evaluation.js';
import type { EightBitPixels } from '../photos/decode.js';

/** What a plane spans, in pixels. */
export interface PlaneSize {
  width: number;
  height: number;
}

/** Lines of lightness: offset + gain L. */
const TONES = { sepia: { offset: 12, gain: 0.78 }, faded: { offset: 38, gain: 0.45 } } as const;
const TINT = { a: 8, b: 24 };
/** Standard deviation of the grain, units of L. */
const GRAIN = 8;
const SCRATCHES = { count: 14, lean: 0.05, shortest: 0.3 };
const SPECKS = { count: 40, largest: 4 };
const LIGHT = { L: 92, share: 0.7 };
const DARK = 10;
/** Units along the shorter side. */
const UNITS = 256;

/**
 * Wears a plane of lightness.
 * @param L 0..100, Float32Array [height, width]; worn in place
 * @param random Where the grain lies, and the scratches.
 */
export function wearLightness(wear: Wear, L: Float32Array, size: PlaneSize, random: Random): void {
  if (wear === 'grainy') return addGrain(L, size, random);
  if (wear === 'scratched') return scratch(L, size, random);
  const { offset, gain } = TONES[wear];
  for (let i = 0; i < L.length; i++) L[i] = offset + gain * L[i];
}

/** A photograph as an old scan of it would come: gray, or toned. @param content Id of the photograph's file, which decides what chance decides. */
export function wornPhoto(photo: EightBitPixels, wear: Wear, content: string): EightBitPixels {
  const L = lightnessOf(photo.data);
  wearLightness(wear, L, photo, new Random('wear', wear, content));
  const [a, b] = [new Float32Array(L.length), new Float32Array(L.length)];
  if (wear === 'sepia') tint({ L, a, b });
  const data = new Uint8Array(photo.data.length);
  writeFittedRgb({ L, a, b }, data);
  return { ...photo, data };
}

function tint({ L, a, b }: { L: Float32Array; a: Float32Array; b: Float32Array }): void {
  for (let i = 0; i < L.length; i++) {
    const l = L[i] / 100;
    const share = 4 * l * (1 - l);
    a[i] = TINT.a * share;
    b[i] = TINT.b * share;
  }
}

/** Pixels a side of a unit. */
function unitOf({ width, height }: PlaneSize): number {
  return Math.max(1, Math.round(Math.min(width, height) / UNITS));
}

function addGrain(L: Float32Array, size: PlaneSize, random: Random): void {
  const unit = unitOf(size);
  const across = Math.ceil(size.width / unit);
  const grains = new Float32Array(across);
  for (let y = 0, i = 0; y < size.height; y++) {
    if (y % unit === 0) for (let k = 0; k < across; k++) grains[k] = GRAIN * normal(random);
    for (let x = 0; x < size.width; x++, i++) L[i] = within(L[i] + grains[Math.floor(x / unit)]);
  }
}

/** Normally distributed with mean 0 and deviation 1 (Box and Muller 1958). */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  return radius * Math.cos(2 * Math.PI * random.uniform());
}

function within(L: number): number {
  return Math.min(100, Math.max(0, L));
}

function scratch(L: Float32Array, size: PlaneSize, random: Random): void {
  const unit = unitOf(size);
  for (let k = 0; k < SCRATCHES.count; k++) drawScratch(L, size, unit, random);
  for (let k = 0; k < SPECKS.count; k++) {
    const side = unit * (1 + random.integer(SPECKS.largest));
    const [x, y] = [random.integer(size.width), random.integer(size.height)];
    fill(L, size, { x, y, width: side, height: side }, toneOf(random));
  }
}

function drawScratch(L: Float32Array, size: PlaneSize, unit: number, random: Random): void {
  const length = Math.ceil(size.height * (SCRATCHES.shortest + (1 - SCRATCHES.shortest) * random.uniform()));
  const top = random.integer(size.height - length + 1);
  const start = random.uniform() * size.width;
  const lean = SCRATCHES.lean * (2 * random.uniform() - 1);
  const tone = toneOf(random);
  for (let y = 0; y < length; y++) fill(L, size, { x: Math.floor(start + lean * y), y: top + y, width: unit, height: 1 }, tone);
}

function toneOf(random: Random): number {
  return random.uniform() < LIGHT.share ? LIGHT.L : DARK;
}

/** Fills a rectangle, as far as it lies in the plane. */
function fill(L: Float32Array, size: PlaneSize, { x, y, width, height }: PlaneSize & { x: number; y: number }, tone: number): void {
  for (let row = y; row < Math.min(size.height, y + height); row++) {
    for (let column = Math.max(0, x); column < Math.min(size.width, x + width); column++) L[row * size.width + column] = tone;
  }
}
