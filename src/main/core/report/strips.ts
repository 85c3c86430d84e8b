/** Strips (gray, colorized, true) of an evaluation as the report shows them. */
import { join } from 'node:path';
import type { EvaluationFile, ShownPhoto } from '../../../shared/run/evaluation.js';
import { decimal } from '../../../shared/words/words.js';
import { evaluationFolder } from '../evaluation/kept-evaluations.js';
import { readWebp, type InlinePicture } from './picture.js';

export interface ShownStrip {
  /** The photograph, relative to its folder. */
  path: string;
  picture: InlinePicture;
  /** Its figures in words. */
  note: string;
}

/** Strips that are gone or damaged are left out. */
export async function evaluationStrips(run: string, id: string, { best, worst }: EvaluationFile): Promise<{ best: ShownStrip[]; worst: ShownStrip[] }> {
  const folder = evaluationFolder(run, id);
  const read = async (photos: readonly ShownPhoto[]) =>
    (await Promise.all(photos.map((photo) => stripOf(folder, photo)))).filter((strip) => strip !== undefined);
  return { best: await read(best), worst: await read(worst) };
}

async function stripOf(folder: string, { path, strip, auc, grayAuc, psnr }: ShownPhoto): Promise<ShownStrip | undefined> {
  const picture = await readWebp(join(folder, strip));
  return picture && { path, picture, note: `AuC ${decimal(auc, 1)} % (left gray ${decimal(grayAuc, 1)} %), PSNR ${decimal(psnr, 1)} dB` };
}
