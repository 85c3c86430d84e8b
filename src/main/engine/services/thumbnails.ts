import { z } from 'zod';
import type { ServiceHandlers } from './service.js';

export const thumbnailsSpec = {
  /** Path of the thumbnail of a photograph; made where it is not there yet. */
  thumbnail: { body: z.object({ path: z.string(), contentId: z.string().regex(/^[0-9a-f]{64}$/) }), reply: z.string() },
  /** The same of a file whose content is not known yet. */
  thumbnailOfFile: { body: z.object({ path: z.string() }), reply: z.string() },
} as const;

export async function thumbnailsHandlers(): Promise<ServiceHandlers<typeof thumbnailsSpec>> {
  const { thumbnailOf, thumbnailOfFile } = await import('../../core/photos/thumbnail.js');
  return { thumbnail: ({ path, contentId }) => thumbnailOf(path, contentId), thumbnailOfFile: ({ path }) => thumbnailOfFile(path) };
}
