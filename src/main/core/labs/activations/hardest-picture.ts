/** The test pictures most often taken for something else, side by side, enlarged without smoothing. */
import type { ActivationsResult } from '../../../../shared/labs/activations/results.js';
import { sharp } from '../../photos/codec.js';
import { pictureSize, type ImageSet } from './image-set.js';

/** Pictures in a row. */
const COLUMNS = 10;
/** Neutral gray between pictures, in their own pixels and in value. */
const GAP = 2;
const GROUND = 128;
/** Pixels that a small picture should have on a side. */
const SHOWN_SIDE = 84;

export interface HardestPicture {
  /** The hardest first. */
  png: Uint8Array;
  /** Where each lies, in pixels of the PNG. */
  sheet: NonNullable<ActivationsResult['sheet']>;
}

/** @returns undefined where nothing was taken for something else */
export async function hardestPicture(hardest: ActivationsResult['hardest'], test: ImageSet): Promise<HardestPicture | undefined> {
  if (hardest.length === 0) return undefined;
  const columns = Math.min(COLUMNS, hardest.length);
  const rows = Math.ceil(hardest.length / columns);
  const [width, height] = [columns * (test.width + GAP) + GAP, rows * (test.height + GAP) + GAP];
  const sheet = new Uint8Array(width * height * 3).fill(GROUND);
  hardest.forEach(({ index }, k) => {
    const [left, top] = [GAP + (k % columns) * (test.width + GAP), GAP + Math.floor(k / columns) * (test.height + GAP)];
    place(sheet, width, { left, top }, test, index);
  });
  const scale = Math.max(1, Math.round(SHOWN_SIDE / test.width));
  const png = await sharp(sheet, { raw: { width, height, channels: 3 } }).resize(width * scale, height * scale, { kernel: 'nearest' }).png().toBuffer();
  return { png, sheet: { columns, width: test.width * scale, height: test.height * scale, gap: GAP * scale } };
}

function place(sheet: Uint8Array, sheetWidth: number, { left, top }: { left: number; top: number }, set: ImageSet, index: number): void {
  const from = index * pictureSize(set);
  for (let y = 0; y < set.height; y++) {
    for (let x = 0; x < set.width; x++) {
      const to = ((top + y) * sheetWidth + left + x) * 3;
      for (let c = 0; c < 3; c++) sheet[to + c] = set.pixels[from + (y * set.width + x) * set.channels + Math.min(c, set.channels - 1)];
    }
  }
}
