import { z } from 'zod';
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { sparseColoursSchema } from '../../../shared/contract/catalogue.js';
import type { ServiceHandlers } from './service.js';

const photograph = z.object({ path: z.string(), contentId: z.string().regex(/^[0-9a-f]{64}$/) });

export const thumbnailsSpec = {
  /** Path of the thumbnail of a photograph; made where it is not there yet. */
  thumbnail: { body: photograph, reply: z.string() },
  /** The same of a file that is no photograph to learn from. */
  thumbnailOfFile: { body: z.object({ path: z.string() }), reply: z.string() },
  /** Path of a photograph's large view. */
  view: { body: photograph, reply: z.string() },
  /** A photograph's colours, every pixel counted. */
  colours: { body: photograph, reply: sparseColoursSchema },
} as const;

export async function thumbnailsHandlers(): Promise<ServiceHandlers<typeof thumbnailsSpec>> {
  const { thumbnailOf, thumbnailOfFile, viewOf } = await import('../../core/photos/thumbnail.js');
  const { coloursOfPhoto } = await import('../../core/photos/photo-colours.js');
  return {
    thumbnail: ({ path, contentId }) => thumbnailOf(path, contentId),
    thumbnailOfFile: ({ path }) => thumbnailOfFile(path),
    view: ({ path, contentId }) => viewOf(path, contentId),
    colours: async ({ path, contentId }) => plain(await coloursOfPhoto(path, contentId)),
  };
}

/** Typed arrays as lists. */
function plain({ pixels, cells, counts, meanA, meanB }: ColourCounts) {
  return { pixels, cells: [...cells], counts: [...counts], meanA: [...meanA], meanB: [...meanB] };
}
