/**
 * A picture as the network sees it: its lightness at the scale of the photographs trained on.
 */
import { type Hint, hintPlanes } from '../../../shared/colour/hints.js';
import { lightnessOf } from '../../../shared/colour/lab.js';
import { USUAL_RANGE } from '../../../shared/colour/lightness-range.js';
import { shownLightness } from '../../../shared/colour/shown-lightness.js';
import { sharp, withCodec } from '../photos/codec.js';
import type { Pixels } from '../photos/decode.js';
import type { AbPredictor } from './predictor.js';

export interface SeenPicture {
  width: number;
  height: number;
  /** L 0..100 as the network is shown it: without what age has done to it. Float32Array [height, width] */
  lightness: Float32Array;
  /** L 0..100 as the picture has it: colours are laid along its edges. Float32Array [height, width] */
  guide: Float32Array;
  /** a, b and 1 where a hint was given; none where absent. Float32Array [height, width, 3] */
  hints?: Float32Array;
}

/** What decides how a network sees a picture. */
export type NetworkEye = Pick<AbPredictor, 'seenSide' | 'lightnessRange'>;

/** Very elongated pictures are seen smaller than they should be rather than at more pixels than this. */
const MOST_SEEN_PIXELS = 2 ** 22;

/** The size at which a picture is seen: its shorter side as in training, its shape kept. Smaller pictures are enlarged. */
export function seenSize(width: number, height: number, side: number): { width: number; height: number } {
  const scale = side / Math.min(width, height);
  const held = Math.min(1, Math.sqrt(MOST_SEEN_PIXELS / (width * height * scale * scale)));
  const length = (pixels: number) => Math.max(1, Math.round(pixels * scale * held));
  return { width: length(width), height: length(height) };
}

/**
 * Colours of the picture, if it has any (sepia, a tinted scan), count by their lightness only.
 * @param eye how the network sees
 */
export async function seePicture(pixels: Pixels, { seenSide, lightnessRange = USUAL_RANGE }: NetworkEye): Promise<SeenPicture> {
  const size = seenSize(pixels.width, pixels.height, seenSide);
  const same = size.width === pixels.width && size.height === pixels.height;
  const guide = lightnessOf(same ? pixels.data : await resized(pixels, size));
  return { ...size, guide, lightness: shownLightness(guide, size, lightnessRange) };
}

/** The picture with hints instead of those it had. */
export function withHints({ width, height, lightness, guide }: SeenPicture, hints: readonly Hint[]): SeenPicture {
  return { width, height, lightness, guide, hints: hintPlanes(hints, { width, height }) };
}

async function resized({ data, width, height }: Pixels, size: { width: number; height: number }): Promise<Uint8Array> {
  const picture = () => sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  return withCodec(() => picture().resize({ ...size, fit: 'fill' }).toColourspace('srgb').raw().toBuffer());
}
