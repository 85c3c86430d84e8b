/**
 * What a photograph's pixels tell: whether they have colour, and which. Plain arithmetic, which any thread can do.
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { countColours } from '../statistics/count-colours.js';
import { isGray, isTinted } from './colourfulness.js';
import type { Findings } from './content-facts.js';
import type { EightBitPixels } from './decode.js';
import type { PhotoHeader } from './header.js';
import { unusable } from './unusable.js';

/** What of a header is asked for here. */
export type FrameFacts = Pick<PhotoHeader, 'severalFrames'>;

/** `factsOfPixels`, perhaps in another thread. */
export type LookAtPixels = (pixels: EightBitPixels, header: FrameFacts) => Promise<Findings>;

export function factsOfPixels(pixels: EightBitPixels, header: FrameFacts): Findings {
  const counts = countColours(pixels.data);
  if (isGray(counts)) return unusable(NO_COLOUR);
  const { width, height } = pixels;
  return { facts: { usable: true, width, height, pixelsId: pixelsId(pixels, counts), note: noteOn(header, pixels, counts) }, counts };
}

const NO_COLOUR = { fate: 'gray', reason: 'Gray, or nearly so in 99 % of its pixels: there is no colour to learn from.' } as const;

function noteOn({ severalFrames }: FrameFacts, { data }: EightBitPixels, counts: ColourCounts): string | undefined {
  const notes = [
    severalFrames && 'Several frames or pages: the first is used.',
    isTinted(counts, data) && 'It looks like one tint over gray, as sepia prints have: leave it out where only real colours should be learned.',
  ];
  return notes.filter(Boolean).join(' ') || undefined;
}

/**
 * Size, how many pixels have which colours, and a checksum over their order: two pictures that agree in all three have
 * the same pixels (mirrored ones share their colours and then differ in the checksum, but for one pair in four thousand million).
 */
function pixelsId({ width, height, data }: EightBitPixels, { cells, counts, meanA, meanB }: ColourCounts): string {
  const hash = createHash('sha256');
  for (const part of [Uint32Array.of(width, height, crc32(data)), cells, counts, meanA, meanB]) hash.update(part);
  return hash.digest('base64url').slice(0, 22);
}
