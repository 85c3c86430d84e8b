/** The photographs of a catalogue as a training would use them, without reading any of them. */
import { BinError, gamutBins, usedBins } from '../../../shared/colour/bins.js';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { SplitFile } from '../../../shared/run/files.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { UserError } from '../errors.js';
import { splitPhotos } from '../training/split.js';
import { readTestList } from '../training/test-list.js';
import type { Lesson } from './estimate.js';

const EVERYTHING = { from: 0, count: Number.MAX_SAFE_INTEGER };

type CatalogueLesson = SplitFile & Pick<Lesson, 'Q'>;

/** The last one of each catalogue: most settings that are moved leave it as it is, and a split of many photographs takes a moment. */
const made = new WeakMap<Catalogue, { key: string; lesson: CatalogueLesson }>();

/** @throws UserError when nothing could be learnt from them. */
export async function catalogueLesson(catalogue: Catalogue, { photos, seed, bins }: TrainingConfig): Promise<CatalogueLesson> {
  const { subfolders, testList, validationShare, testShare } = photos;
  const testPaths = testList === null ? undefined : await readTestList(testList);
  const key = JSON.stringify([subfolders, validationShare, testShare, seed, bins.window, bins.from, testPaths && [...testPaths]]);
  const known = made.get(catalogue);
  if (known?.key === key) return known.lesson;
  const { items } = catalogue.photographs(subfolders, EVERYTHING);
  if (items.length < 2) throw new UserError('A training needs at least two photographs. Choose more subfolders, or open another folder.');
  const lesson = { ...splitPhotos(items, { seed, validationShare, testShare, testPaths }), Q: binsOf(catalogue, subfolders, bins) };
  made.set(catalogue, { key, lesson });
  return lesson;
}

function binsOf(catalogue: Catalogue, subfolders: readonly string[], { window, from }: TrainingConfig['bins']): number {
  const histogram = new ColourHistogram();
  histogram.add(catalogue.colours(subfolders));
  try {
    return (from === 'used' ? usedBins(histogram, window) : gamutBins(window, histogram)).Q;
  } catch (error) {
    throw error instanceof BinError ? new UserError(error.message, { cause: error }) : error;
  }
}
