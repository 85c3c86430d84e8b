/**
 * Asks a network for the coarse colours of pictures: several of one size at a time, large ones in windows.
 */
import type { CoarseColour } from '../../../shared/colour/guided.js';
import { type HintedPicture, holdHints } from '../../../shared/colour/held-hints.js';
import type { AbPredictor, NetworkInput } from './predictor.js';
import type { SeenPicture } from './seen-picture.js';
import { fading, windowsOver, type Window } from './windows.js';

/** Memory that the scores of all colours of all cells may take in one call. */
const SCORE_BYTES = 128 * 2 ** 20;
/** Pixels seen in one call, whatever the scores take: the network's inner layers need memory too. */
const PIXELS_AT_ONCE = 2 ** 19;

/** Pixels that may be shown to a network in one call. */
function pixelsAtOnce({ bins, stride }: AbPredictor): number {
  return Math.min(PIXELS_AT_ONCE, Math.floor(SCORE_BYTES / (4 * bins.Q)) * stride * stride);
}

/**
 * Coarse colours of pictures that are all of one size; hints are kept where they were given.
 * @param temperature see AbPredictor.decode
 */
export async function predictColours(
  predictor: AbPredictor,
  pictures: readonly SeenPicture[],
  temperature: number,
): Promise<CoarseColour[]> {
  const colours = await predictAll(predictor, pictures, temperature);
  pictures.forEach((picture, k) => isHinted(picture) && holdHints(colours[k], picture, predictor.stride));
  return colours;
}

function isHinted(picture: SeenPicture): picture is SeenPicture & HintedPicture {
  return picture.hints !== undefined;
}

async function predictAll(predictor: AbPredictor, pictures: readonly SeenPicture[], temperature: number): Promise<CoarseColour[]> {
  const { width, height } = pictures[0];
  const most = pixelsAtOnce(predictor);
  const results: CoarseColour[] = [];
  if (width * height > most) {
    for (const picture of pictures) results.push(await predictInWindows(predictor, picture, temperature));
    return results;
  }
  const together = Math.floor(most / (width * height));
  for (let from = 0; from < pictures.length; from += together) {
    results.push(...(await predictTogether(predictor, pictures.slice(from, from + together), temperature)));
  }
  return results;
}

async function predictTogether(
  predictor: AbPredictor,
  pictures: readonly SeenPicture[],
  temperature: number,
): Promise<CoarseColour[]> {
  const { width, height } = pictures[0];
  const cells = await predictor.decode(inputOf(pictures), { width, height, count: pictures.length }, temperature);
  const answer = cells.width * cells.height * 2;
  return pictures.map((picture, k) => {
    const coarse = emptyColours(picture, predictor.stride);
    for (let i = 0, p = k * answer; i < coarse.a.length; i++, p += 2) {
      coarse.a[i] = cells.ab[p];
      coarse.b[i] = cells.ab[p + 1];
    }
    return coarse;
  });
}

/** Pictures of one size as one input. */
function inputOf(pictures: readonly SeenPicture[]): NetworkInput {
  const [{ width, height }] = pictures;
  const lightness = new Float32Array(pictures.length * width * height);
  pictures.forEach((picture, k) => lightness.set(picture.lightness, k * width * height));
  if (pictures.every(({ hints }) => hints === undefined)) return { lightness };
  const hints = new Float32Array(3 * lightness.length);
  pictures.forEach((picture, k) => hints.set(picture.hints ?? [], 3 * k * width * height));
  return { lightness, hints };
}

async function predictInWindows(
  predictor: AbPredictor,
  picture: SeenPicture,
  temperature: number,
): Promise<CoarseColour> {
  const { stride } = predictor;
  const coarse = emptyColours(picture, stride);
  const weights = new Float32Array(coarse.a.length);
  for (const window of windowsOfPicture(predictor, picture)) {
    const part = cutOut(picture, window, stride);
    const { ab } = await predictor.decode(part, { width: part.width, height: part.height, count: 1 }, temperature);
    addWindow(coarse, weights, window, ab);
  }
  weights.forEach((weight, i) => {
    coarse.a[i] /= weight;
    coarse.b[i] /= weight;
  });
  return coarse;
}

function addWindow(coarse: CoarseColour, weights: Float32Array, window: Window, ab: Float32Array): void {
  const across = fading(window.left, window.width, coarse.width);
  const down = fading(window.top, window.height, coarse.height);
  for (let y = 0, p = 0; y < window.height; y++) {
    const row = (window.top + y) * coarse.width + window.left;
    for (let x = 0; x < window.width; x++, p += 2) {
      const weight = across[x] * down[y];
      coarse.a[row + x] += weight * ab[p];
      coarse.b[row + x] += weight * ab[p + 1];
      weights[row + x] += weight;
    }
  }
}

/** The windows in which a network looks at a picture, in its order; one of the whole size where the picture is small enough. */
export function windowsOfPicture(predictor: AbPredictor, { width, height }: Pick<SeenPicture, 'width' | 'height'>): Window[] {
  const { stride } = predictor;
  const cells = { width: Math.ceil(width / stride), height: Math.ceil(height / stride) };
  const most = pixelsAtOnce(predictor);
  if (width * height <= most) return [{ left: 0, top: 0, ...cells }];
  return windowsOver(cells.width, cells.height, Math.floor(most / (stride * stride)));
}

/** The part of a picture below a window of cells. */
export function cutOut(picture: SeenPicture, window: Window, stride: number): NetworkInput & Pick<SeenPicture, 'width' | 'height'> {
  const left = window.left * stride;
  const top = window.top * stride;
  const width = Math.min(window.width * stride, picture.width - left);
  const height = Math.min(window.height * stride, picture.height - top);
  const cut = (values: Float32Array, depth: number) => {
    const part = new Float32Array(width * height * depth);
    for (let y = 0; y < height; y++) {
      const from = ((top + y) * picture.width + left) * depth;
      part.set(values.subarray(from, from + width * depth), y * width * depth);
    }
    return part;
  };
  return { width, height, lightness: cut(picture.lightness, 1), ...(picture.hints && { hints: cut(picture.hints, 3) }) };
}

/** Cells of a picture with their mean lightness and no colour yet. */
function emptyColours(picture: SeenPicture, stride: number): CoarseColour {
  const width = Math.ceil(picture.width / stride);
  const height = Math.ceil(picture.height / stride);
  const L = cellMeans(picture, width, height, stride);
  return { width, height, L, a: new Float32Array(L.length), b: new Float32Array(L.length) };
}

function cellMeans(picture: SeenPicture, width: number, height: number, stride: number): Float32Array {
  if (stride === 1) return picture.guide;
  const sums = new Float32Array(width * height);
  const counts = new Uint32Array(width * height);
  for (let y = 0, i = 0; y < picture.height; y++) {
    const row = Math.floor(y / stride) * width;
    for (let x = 0; x < picture.width; x++, i++) {
      const cell = row + Math.floor(x / stride);
      sums[cell] += picture.guide[i];
      counts[cell]++;
    }
  }
  return sums.map((sum, cell) => sum / counts[cell]);
}
