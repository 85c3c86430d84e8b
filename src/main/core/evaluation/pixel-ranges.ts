/** Pixels measured at a time: their Lab planes take memory. */
const PIXELS_A_TURN = 2 ** 18;

/** Where the samples of a picture begin and end that are measured together. @param picture three samples a pixel */
export function pixelRanges({ data }: { data: Uint8Array }): [from: number, to: number][] {
  const step = PIXELS_A_TURN * 3;
  return Array.from({ length: Math.ceil(data.length / step) }, (_, k) => [k * step, Math.min(data.length, (k + 1) * step)]);
}
