/**
 * From Lab to sRGB samples that keep their lightness: where a colour lies outside sRGB its chroma shrinks at constant
 * hue until it fits. Clipping the channels instead would change lightness and hue.
 */
import { labToLinear, type LabPlanes, type Rgb } from './lab.js';
import { linearToSrgb, srgbToLinear } from './srgb.js';

/** Linear light this far below 0 or above 1 rounds to the border of 8 bits and moves L by less than 0.15. */
const TOLERANCE = 1.5e-4;

/** Halvings of the chroma's range: the border is met within 1/1024 of the chroma, a tenth of an ab unit. */
const HALVINGS = 10;

const light: Rgb = [0, 0, 0];

/**
 * The largest share of the chroma of (L, a, b), 0..1, that sRGB can show at that lightness and hue; 1 inside sRGB.
 * @param L 0..100
 */
export function chromaShare(L: number, a: number, b: number): number {
  labToLinear(L, a, b, light);
  return isShown(light[0], light[1], light[2]) ? 1 : largestShownShare(L, a, b);
}

/**
 * Writes Lab pixels as interleaved sRGB samples, chroma fitted, rounded to the nearest level.
 * Three short loops, one after the other: V8 then inlines what each calls and boxes no number.
 * @param planes L 0..100, a, b; Float32Array [pixels] each
 * @param out 8 or 16 bits a sample, three a pixel; filled from `firstPixel` on
 */
export function writeFittedRgb(planes: LabPlanes, out: Uint8Array | Uint16Array, firstPixel = 0): void {
  const samples = linearOf(planes);
  fitSamples(samples, planes);
  if (out instanceof Uint8Array) writeBytes(samples, out, firstPixel * 3);
  else writeWords(samples, out, firstPixel * 3);
}

/** Linear light, inside sRGB or not. Float64Array [pixels, 3] */
function linearOf({ L, a, b }: LabPlanes): Float64Array {
  const samples = new Float64Array(L.length * 3);
  for (let i = 0, p = 0; i < L.length; i++, p += 3) {
    labToLinear(L[i], a[i], b[i], light);
    samples[p] = light[0];
    samples[p + 1] = light[1];
    samples[p + 2] = light[2];
  }
  return samples;
}

/** Replaces the light of colours outside sRGB by that of the nearest chroma inside. */
function fitSamples(samples: Float64Array, { L, a, b }: LabPlanes): void {
  for (let i = 0, p = 0; i < L.length; i++, p += 3) {
    if (isShown(samples[p], samples[p + 1], samples[p + 2])) continue;
    const share = largestShownShare(L[i], a[i], b[i]);
    labToLinear(L[i], a[i] * share, b[i] * share, light);
    samples.set(light, p);
  }
}

function writeBytes(samples: Float64Array, out: Uint8Array, from: number): void {
  for (let i = 0; i < samples.length; i++) out[from + i] = byteOfLinear(samples[i]);
}

function writeWords(samples: Float64Array, out: Uint16Array, from: number): void {
  for (let i = 0; i < samples.length; i++) out[from + i] = wordOfLinear(samples[i]);
}

/** Whether sRGB has this linear light. */
function isShown(red: number, green: number, blue: number): boolean {
  return isLevel(red) && isLevel(green) && isLevel(blue);
}

function isLevel(v: number): boolean {
  return v >= -TOLERANCE && v <= 1 + TOLERANCE;
}

/** Bisection: neutral is always inside, the whole chroma is not. */
function largestShownShare(L: number, a: number, b: number): number {
  let inside = 0;
  let outside = 1;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (inside + outside) / 2;
    labToLinear(L, a * middle, b * middle, light);
    if (isShown(light[0], light[1], light[2])) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** Linear light at which the 8-bit level k begins; the last entry is never reached. Float64Array [257] */
const LEVEL_BEGINS = Float64Array.from({ length: 257 }, (_, k) =>
  k === 0 ? -Infinity : k === 256 ? Infinity : srgbToLinear((k - 0.5) / 255),
);

const BYTE_STEPS = 8192;
/** Level at the lower end of each step; a step is narrower than any level, so that it holds two levels at most. Uint8Array [BYTE_STEPS + 1] */
const BYTE_OF_STEP = byteTable();

function byteTable(): Uint8Array {
  const table = new Uint8Array(BYTE_STEPS + 1);
  for (let step = 0, level = 0; step <= BYTE_STEPS; step++) {
    while (LEVEL_BEGINS[level + 1] <= step / BYTE_STEPS) level++;
    table[step] = level;
  }
  return table;
}

/** 8-bit sRGB level of linear light, exactly rounded; light outside 0..1 goes to the border. */
export function byteOfLinear(v: number): number {
  if (!(v > 0)) return 0;
  if (v >= 1) return 255;
  const level = BYTE_OF_STEP[(v * BYTE_STEPS) | 0];
  return v >= LEVEL_BEGINS[level + 1] ? level + 1 : level;
}

const WORD_STEPS = 65536;
let wordCurve: Float64Array | undefined;

/** 16-bit sRGB level of linear light, by an interpolated table: at most a level beside the exact one. */
export function wordOfLinear(v: number): number {
  wordCurve ??= Float64Array.from({ length: WORD_STEPS + 2 }, (_, k) => 65535 * linearToSrgb(k / WORD_STEPS));
  const t = Math.min(Math.max(v, 0), 1) * WORD_STEPS;
  const step = t | 0;
  const low = wordCurve[step];
  return Math.round(low + (wordCurve[step + 1] - low) * (t - step));
}
