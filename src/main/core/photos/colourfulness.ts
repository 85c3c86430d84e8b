/**
 * Whether a photograph has colour that can be learned from.
 */
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { labPlanes } from '../../../shared/colour/lab.js';

/**
 * A photograph is gray when 99 % of its pixels have less chroma than this. Black-and-white pictures stored in colour have
 * up to 3, from rounding and from JPEG; of 2,500 scene photographs (fog, snow, rain among them) the palest reaches 10.
 * The hundredth pixel is left aside so that a date in orange does not turn a black-and-white scan into colour.
 */
const GRAY_CHROMA = 4;
const GRAY_SHARE = 0.99;

export function isGray(counts: ColourCounts): boolean {
  let pale = 0;
  for (let k = 0; k < counts.cells.length; k++) {
    if (chroma(counts.meanA[k], counts.meanB[k]) < GRAY_CHROMA) pale += counts.counts[k];
  }
  return pale >= GRAY_SHARE * counts.pixels;
}

/** Distance from gray in the ab plane. (Math.hypot guards against overflow and takes twenty times as long.) */
function chroma(a: number, b: number): number {
  return Math.sqrt(a * a + b * b);
}

/** Pixels looked at for a tint. */
const TINT_SAMPLES = 1024;
/** Lightness steps within which a tint has one colour. */
const TINT_STEPS = 32;
/** Share of a photograph's chroma that must point one way before its pixels are looked at. */
const ONE_WAY = 0.985;
/** Share of the pixels that must follow their lightness; the others are what JPEG adds along edges. */
const FOLLOWING_SHARE = 0.95;

/**
 * Whether a photograph is gray under one tint, as sepia prints and faded scans are: its colour follows from its
 * lightness, so that nearly all pixels lie within GRAY_CHROMA of the mean colour of their lightness. A misty view
 * in one blue can do the same (seven of 2,500 scene photographs do); so such a photograph is pointed out, but used.
 * @param rgb Uint8Array [pixels, 3]
 */
export function isTinted(counts: ColourCounts, rgb: Uint8Array): boolean {
  return pointsOneWay(counts) && followsLightness(rgb);
}

function pointsOneWay({ cells, counts, meanA, meanB }: ColourCounts): boolean {
  let [a, b, total] = [0, 0, 0];
  for (let k = 0; k < cells.length; k++) {
    a += counts[k] * meanA[k];
    b += counts[k] * meanB[k];
    total += counts[k] * chroma(meanA[k], meanB[k]);
  }
  return chroma(a, b) > ONE_WAY * total;
}

function followsLightness(rgb: Uint8Array): boolean {
  const { L, a, b } = labPlanes(sampled(rgb));
  const step = (i: number) => Math.min(TINT_STEPS - 1, Math.floor((L[i] / 100) * TINT_STEPS));
  const [sumA, sumB, n] = [new Float64Array(TINT_STEPS), new Float64Array(TINT_STEPS), new Float64Array(TINT_STEPS)];
  L.forEach((_, i) => {
    const s = step(i);
    sumA[s] += a[i];
    sumB[s] += b[i];
    n[s]++;
  });
  const near = L.filter((_, i) => chroma(a[i] - sumA[step(i)] / n[step(i)], b[i] - sumB[step(i)] / n[step(i)]) < GRAY_CHROMA);
  return near.length >= FOLLOWING_SHARE * L.length;
}

/** Evenly spread pixels. Uint8Array [n, 3] -> [about TINT_SAMPLES, 3] */
function sampled(rgb: Uint8Array): Uint8Array {
  const stride = Math.max(1, Math.floor(rgb.length / 3 / TINT_SAMPLES)) * 3;
  const samples = new Uint8Array(Math.ceil(rgb.length / stride) * 3);
  for (let from = 0, to = 0; from < rgb.length; from += stride, to += 3) samples.set(rgb.subarray(from, from + 3), to);
  return samples;
}
