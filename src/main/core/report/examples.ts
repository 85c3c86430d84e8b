/** Held-out photographs as the run colorizes them now: for reports of runs that have not been evaluated. */
import { join } from 'node:path';
import type { SplitPhoto } from '../../../shared/run/files.js';
import { colorizePicture } from '../colorizing/colorize-picture.js';
import { paintEvenly } from '../colorizing/painted-picture.js';
import { stripOf } from '../evaluation/strip.js';
import { demandContent } from '../photos/content-id.js';
import { decodePhoto } from '../photos/decode.js';
import { readWhole } from '../photos/whole-file.js';
import type { Colorizer, Run } from '../runs/index.js';
import { webpPicture } from './picture.js';
import type { ShownStrip } from './strips.js';

const SHOWN = 6;
/** Longest side at which they are colorized: they are shown smaller. */
const SIDE = 512;

/** Test photographs, else those of the validation, that are still where and what they were; none where the folder is gone. */
export async function exampleStrips(run: Run, colorizer: Colorizer, signal: AbortSignal): Promise<ShownStrip[]> {
  const { test, validation } = await run.split();
  const strips: ShownStrip[] = [];
  for (const photo of test.length > 0 ? test : validation) {
    signal.throwIfAborted();
    const strip = await exampleStrip(run.file.data.folder, photo, colorizer).catch(() => undefined);
    if (strip) strips.push(strip);
    if (strips.length === SHOWN) break;
  }
  return strips;
}

async function exampleStrip(folder: string, { path, contentId }: SplitPhoto, colorizer: Colorizer): Promise<ShownStrip> {
  const { bytes } = await readWhole(join(folder, path));
  demandContent(bytes, contentId);
  const truth = await decodePhoto(bytes, { maxSide: SIDE });
  const [gray, colorized] = [await paintEvenly(truth, 0, 0), await colorizePicture(truth, colorizer, colorizer.temperature)];
  return { path, picture: await webpPicture(await stripOf({ gray, colorized, truth })), note: '' };
}
