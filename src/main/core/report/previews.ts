/** The previews of a training, taken apart into their pictures: a photograph through the steps. */
import { PREVIEW_COLUMNS, PREVIEW_GAP } from '../../../shared/run/preview-sheet.js';
import { sharp, withCodec } from '../photos/codec.js';
import type { Preview } from '../runs/preview.js';
import type { InlinePicture } from './picture.js';

/** One held-out photograph as the training went on. */
export interface PreviewRow {
  gray: InlinePicture;
  /** One a step shown. */
  colorized: InlinePicture[];
  truth: InlinePicture;
}

export interface PreviewTable {
  steps: number[];
  rows: PreviewRow[];
}

/** Steps and photographs shown; the first and the last step are among them. */
const MOST_STEPS = 5;
const MOST_ROWS = 6;
/** Side of a picture, in pixels, at most. */
const SIDE = 130;
const QUALITY = 82;

/** @returns undefined where there are no previews that can be read. */
export async function previewTable(previews: readonly Preview[]): Promise<PreviewTable | undefined> {
  const sheets = (await Promise.all(evenly(previews, MOST_STEPS).map(readSheet))).filter((sheet) => sheet !== undefined);
  const last = sheets.at(-1);
  if (last === undefined) return undefined;
  const alike = sheets.filter(({ side, rows }) => side === last.side && rows === last.rows);
  const rows = Array.from({ length: Math.min(last.rows, MOST_ROWS) }, async (_, row): Promise<PreviewRow> => ({
    gray: await square(last, row, 0),
    colorized: await Promise.all(alike.map((sheet) => square(sheet, row, 1))),
    truth: await square(last, row, 2),
  }));
  return { steps: alike.map(({ step }) => step), rows: await Promise.all(rows) };
}

interface Sheet {
  step: number;
  file: string;
  side: number;
  rows: number;
}

async function readSheet({ step, file }: Preview): Promise<Sheet | undefined> {
  const size = await withCodec(() => sharp(file).metadata()).catch(() => undefined);
  if (size === undefined) return undefined;
  const side = Math.round((size.width + PREVIEW_GAP) / PREVIEW_COLUMNS.length - PREVIEW_GAP);
  return { step, file, side, rows: Math.round((size.height + PREVIEW_GAP) / (side + PREVIEW_GAP)) };
}

async function square({ file, side }: Sheet, row: number, column: number): Promise<InlinePicture> {
  const [left, top] = [column, row].map((index) => index * (side + PREVIEW_GAP));
  const cut = () => sharp(file).extract({ left, top, width: side, height: side }).resize(SIDE, SIDE, { withoutEnlargement: true });
  const { data, info } = await withCodec(() => cut().webp({ quality: QUALITY }).toBuffer({ resolveWithObject: true }));
  return { bytes: data, width: info.width, height: info.height };
}

/** So many of a list, evenly spread, the first and the last among them. */
export function evenly<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, k) => list[Math.round((k * (list.length - 1)) / (most - 1))]);
}
