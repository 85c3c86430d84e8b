/** The colours of one photograph: as they were counted when its folder was read, else counted again. */
import type { ColourCounts } from '../../../shared/colour/histogram.js';
import { ContentCache } from '../statistics/content-cache.js';
import { countColours } from '../statistics/count-colours.js';
import { contentFacts, FACTS_VERSION } from './content-facts.js';
import { decodePhoto } from './decode.js';

/** @param path Absolute. @param contentId SHA-256 of its bytes, hex. @throws PhotoFault when it cannot be decoded any more. */
export async function coloursOfPhoto(path: string, contentId: string): Promise<ColourCounts> {
  const cache = new ContentCache({ version: FACTS_VERSION, facts: contentFacts });
  try {
    return cache.counts(contentId) ?? countColours((await decodePhoto(path)).data);
  } finally {
    await cache.close();
  }
}
