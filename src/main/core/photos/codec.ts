/**
 * sharp, set up once for this program: many small pictures at a time rather than one large one fast.
 */
import sharp from 'sharp';

// Photographs are decoded several at a time, each on one of libuv's threads; a second level of threads inside
// each of them only contends. libvips' cache of operations would keep pixels of pictures that never come again.
sharp.concurrency(1);
sharp.cache(false);
// A folder holds untrusted files: drawings with scripts and links, and formats that are named and refused anyway.
sharp.block({ operation: ['VipsForeignLoadSvg', 'VipsForeignLoadPdf', 'VipsForeignLoadVips'] });

export { sharp };
