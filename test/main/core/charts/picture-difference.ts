import sharp from 'sharp';

/** How far a channel may be off before a pixel counts as different: antialiasing differs a little between machines. */
const CHANNEL_TOLERANCE = 24;

/** Share of the pixels that differ visibly between two pictures; 1 where their sizes differ. */
export async function differingShare(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((png) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })));
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) return 1;
  let different = 0;
  for (let p = 0; p < a.data.length; p += 3) {
    if ([0, 1, 2].some((c) => Math.abs(a.data[p + c] - b.data[p + c]) > CHANNEL_TOLERANCE)) different++;
  }
  return different / (a.data.length / 3);
}
