/**
 * What is known of one content: whether it is a photograph to learn from, and which. Found out once, kept by content.
 */
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { sharp } from './codec.js';
import { decodePixels } from './decode.js';
import { FATES, PhotoFault } from './fault.js';
import type { PhotoHeader } from './header.js';
import type { LookAtPixels } from './pixel-facts.js';
import { unusable } from './unusable.js';

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

/**
 * Decodes a picture and finds out what there is to know of it.
 * @param look Looks at the pixels, here or elsewhere.
 * @throws PhotoFault when it is damaged
 */
export async function findOut(bytes: Uint8Array, header: PhotoHeader, look: LookAtPixels): Promise<Findings> {
  if (Math.min(header.width, header.height) < SHORTEST_SIDE) return unusable(tooSmall(header));
  return look(await decodePixels(bytes, header, { depth: 8 }), header);
}

function tooSmall({ width, height }: PhotoHeader): PhotoFault {
  return new PhotoFault('too-small', `${width} x ${height} pixels; a photograph needs at least ${SHORTEST_SIDE} on each side.`);
}
