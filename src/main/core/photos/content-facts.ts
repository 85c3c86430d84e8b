/**
 * What is known of one content: whether it is a photograph to learn from, and which. Found out once, kept by content.
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { countColours } from '../statistics/count-colours.js';
import { sharp } from './codec.js';
import { isGray, isTinted } from './colourfulness.js';
import { decodePixels, type EightBitPixels } from './decode.js';
import { FATES, PhotoFault } from './fault.js';
import type { PhotoHeader } from './header.js';

/** Photographs with a shorter side teach a patch-wise network nothing; sets of 64 x 64 are in use. */
const SHORTEST_SIDE = 48;

export const contentFacts = z.discriminatedUnion('usable', [
  z.object({
    usable: z.literal(true),
    /** Upright. */
    width: z.int(),
    height: z.int(),
    /** Equal for equal pixels, however they are stored. */
    pixelsId: z.string(),
    note: z.string().optional(),
  }),
  z.object({ usable: z.literal(false), fate: z.enum(FATES).exclude(['used']), reason: z.string() }),
]);

export type ContentFacts = z.infer<typeof contentFacts>;

/** Raise it whenever a rule here, in the decoding or in the counting of colours changes. */
const RULES = 2;

/** Changes with the rules and with the libraries that decode: what they found out before is then found out anew. */
export const FACTS_VERSION = crc32(JSON.stringify([RULES, sharp.versions])) & 0xffff;

export interface Findings {
  facts: ContentFacts;
  counts?: ColourCounts;
}

/** Facts of a content that holds no photograph to learn from. */
export function unusable({ fate, reason }: Pick<PhotoFault, 'fate' | 'reason'>): Findings {
  return { facts: { usable: false, fate, reason } };
}

/**
 * Decodes a picture and finds out what there is to know of it.
 * @throws PhotoFault when it is damaged
 */
export async function findOut(bytes: Uint8Array, header: PhotoHeader): Promise<Findings> {
  if (Math.min(header.width, header.height) < SHORTEST_SIDE) return unusable(tooSmall(header));
  const pixels = await decodePixels(bytes, header, { depth: 8 });
  const counts = countColours(pixels.data);
  if (isGray(counts)) return unusable(NO_COLOUR);
  const { width, height } = pixels;
  return { facts: { usable: true, width, height, pixelsId: pixelsId(pixels, counts), note: noteOn(header, pixels, counts) }, counts };
}

function tooSmall({ width, height }: PhotoHeader): PhotoFault {
  return new PhotoFault('too-small', `${width} x ${height} pixels; a photograph needs at least ${SHORTEST_SIDE} on each side.`);
}

const NO_COLOUR = { fate: 'gray', reason: 'Gray, or nearly so in 99 % of its pixels: there is no colour to learn from.' } as const;

function noteOn({ severalFrames }: PhotoHeader, { data }: EightBitPixels, counts: ColourCounts): string | undefined {
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
