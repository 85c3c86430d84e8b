/**
 * sharp, set up once for this program: many small pictures at a time rather than one large one fast; and whose words its
 * complaints are.
 */
import sharp from 'sharp';
import { Gate } from '../gate.js';

// Photographs are decoded several at a time, each on one of libuv's threads; a second level of threads inside
// each of them only contends. libvips' cache of operations would keep pixels of pictures that never come again.
sharp.concurrency(1);
sharp.cache(false);
// A folder holds untrusted files: drawings with scripts and links, and formats that are named and refused anyway.
sharp.block({ operation: ['VipsForeignLoadSvg', 'VipsForeignLoadPdf', 'VipsForeignLoadVips'] });

export { sharp };

/** There is no bound to how much goes on at a time, but all of it can be taken by one. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;
const underWay = new Gate(EVERYTHING);

/**
 * Has sharp read or write a picture. libvips has one buffer of complaints for the whole process, which sharp reads when
 * work fails and clears whenever work ends: what it says of one picture may have been said of another. Whatever fails is
 * therefore done again with nothing else under way, and what is thrown then is about this picture.
 *
 * All work with sharp beside which files are judged must go through here, and only one thread of a process may judge files.
 * @param work Starts one call of sharp anew each time; must not call `withCodec` itself.
 */
export async function withCodec<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await admitted(1, work);
  } catch {
    return admitted(EVERYTHING, work);
  }
}

async function admitted<T>(share: number, work: () => Promise<T>): Promise<T> {
  const leave = await underWay.enter(share);
  try {
    return await work();
  } finally {
    leave();
  }
}
