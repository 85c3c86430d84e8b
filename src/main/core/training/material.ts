/** What a training works on: photographs split, bins and weights of those it learns from, pieces cut at the size they are seen. */
import { BinError, gamutBins, usedBins, type BinSet } from '../../../shared/colour/bins.js';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { ColoursFile, PriorFile, SplitFile, SplitPhoto } from '../../../shared/run/files.js';
import { priorFileOf } from '../../../shared/run/prior.js';
import { UserError } from '../errors.js';
import type { JobContext } from '../job.js';
import { scanFolder, type FolderScan, type PhotoEntry } from '../photos/scan.js';
import { splitPhotos } from './split.js';
import { readTestList } from './test-list.js';

export interface Material {
  folder: string;
  fingerprint: string;
  split: SplitFile;
  prior: PriorFile;
}

/** Material of a new training, with what only its run's readers ask for. */
export interface GatheredMaterial extends Material {
  colours: ColoursFile;
  /** Files that are not used, by fate. */
  refused: Record<string, number>;
}

/**
 * Reads a folder and makes of it what a configuration asks for.
 * @throws UserError when there is too little to train on; the signal's reason when stopped.
 */
export async function gatherMaterial(folder: string, config: TrainingConfig, context: JobContext): Promise<GatheredMaterial> {
  const scan = await scanFolder(folder, { only: config.photos.subfolders, context });
  try {
    return await materialOf(scan, config, context, (training) => histogramOf(scan, training, context));
  } finally {
    await scan.close();
  }
}

/** What was found in a folder, wherever it was looked through. */
export interface Found extends Pick<FolderScan, 'folder' | 'counts' | 'fingerprint'> {
  photos: readonly SplitPhoto[];
  excluded: readonly { path: string; twin?: string }[];
}

/**
 * @param coloursOf Counts the colours of the photographs that are learnt from.
 * @throws UserError when there is too little to train on.
 */
export async function materialOf(
  found: Found,
  config: TrainingConfig,
  context: JobContext,
  coloursOf: (training: readonly SplitPhoto[]) => Promise<ColourHistogram>,
): Promise<GatheredMaterial> {
  if (found.photos.length < 2) throw new UserError(nothingToLearn(found));
  const split = await splitOf(found, config, context);
  const histogram = await coloursOf(split.training);
  const prior = priorFileOf(binsOf(histogram, config), config.bins, histogram.pixels);
  return { folder: found.folder, fingerprint: found.fingerprint, split, prior, colours: coloursFileOf(histogram, split.training.length), refused: refusedOf(found) };
}

/** Files by fate, of those that are not used. */
function refusedOf({ counts }: Pick<Found, 'counts'>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([fate, count]) => fate !== 'used' && count > 0));
}

function nothingToLearn(scan: Found): string {
  const { folder, photos } = scan;
  const others = Object.entries(refusedOf(scan)).map(([fate, count]) => `${count} ${fate}`);
  const told = others.length === 0 ? 'nothing else' : others.join(', ');
  const found = photos.length === 0 ? 'no photograph' : 'one photograph';
  return `${folder} holds ${found} to learn from (and ${told}); a training needs at least two. Give a folder with colour photographs.`;
}

async function splitOf(scan: Found, { seed, photos }: TrainingConfig, context: JobContext): Promise<SplitFile> {
  const testPaths = photos.testList === null ? undefined : await testPathsIn(scan, photos.testList, context);
  const entries = scan.photos.map(({ path, contentId, width, height }): SplitPhoto => ({ path, contentId, width, height }));
  const split = splitPhotos(entries, { seed, validationShare: photos.validationShare, testShare: photos.testShare, testPaths });
  if (split.training.length === 0) {
    throw new UserError(
      `No photograph is left to learn from: all ${split.test.length} in ${scan.folder} are kept for test. Shorten the test list (photos.testList) or add photographs.`,
    );
  }
  return split;
}

/** Listed photographs that are used, and those that have the same pixels as a listed duplicate. */
async function testPathsIn(scan: Found, list: string, { progress }: JobContext): Promise<Set<string>> {
  const listed = await readTestList(list);
  const known = new Set([...scan.photos, ...scan.excluded].map(({ path }) => path));
  const missing = [...listed].filter((path) => !known.has(path));
  if (missing.length === listed.size) {
    throw new UserError(
      `None of the ${listed.size} paths in the test list ${list} is in ${scan.folder}, the first being ${missing[0] ?? 'absent'}. Paths are relative to the folder, one a line.`,
    );
  }
  if (missing.length > 0) {
    progress.note(`${missing.length} of ${listed.size} paths in the test list are not in the folder, the first being ${missing[0]}.`, 'warning');
  }
  const twins = scan.excluded.filter(({ path }) => listed.has(path)).map(({ twin }) => twin).filter((path) => path !== undefined);
  return new Set([...listed, ...twins]);
}

/** Colours of the photographs that are learnt from; the others must not be known to the network in any way. */
async function histogramOf(scan: FolderScan, training: readonly SplitPhoto[], { signal }: JobContext): Promise<ColourHistogram> {
  if (training.length === scan.photos.length) return scan.histogram;
  const wanted = new Set(training.map(({ path }) => path));
  const histogram = new ColourHistogram();
  for (const photo of scan.photos.filter((entry: PhotoEntry) => wanted.has(entry.path))) {
    signal.throwIfAborted();
    histogram.add(await scan.countsOf(photo));
  }
  return histogram;
}

function coloursFileOf({ pixels, counts }: ColourHistogram, photographs: number): ColoursFile {
  const cells = Array.from(counts.keys()).filter((cell) => counts[cell] > 0);
  return { photographs, pixels, cells, counts: cells.map((cell) => counts[cell]) };
}

function binsOf(histogram: ColourHistogram, { bins }: TrainingConfig): BinSet {
  try {
    return bins.from === 'used' ? usedBins(histogram, bins.window) : gamutBins(bins.window, histogram);
  } catch (error) {
    throw error instanceof BinError ? new UserError(error.message, { cause: error }) : error;
  }
}
