/** Which photographs train, which watch, which are kept for test: by file, a stable function of content and seed. */
import type { SplitFile, SplitPhoto } from '../../../shared/run/files.js';
import { Random } from '../../../shared/random.js';

export interface SplitOptions {
  seed: number;
  /** Shares of the whole, 0..1. */
  validationShare: number;
  testShare: number;
  /** Paths that are test photographs whatever their content; the test share then counts for nothing. */
  testPaths?: ReadonlySet<string>;
}

/**
 * Splits photographs. A photograph's part depends on its own content and the seed alone, so that adding or removing others
 * does not move it; only where nothing would be left to watch with does the one that is next to it move.
 * @param photos Without duplicates, in any order.
 */
export function splitPhotos(photos: readonly SplitPhoto[], options: SplitOptions): SplitFile {
  const { testPaths, validationShare } = options;
  const testShare = testPaths === undefined ? options.testShare : 0;
  const placed = photos
    .map((photo) => ({ photo, place: new Random(options.seed, 'split', photo.contentId).uniform() }))
    .sort((x, y) => x.place - y.place || compare(x.photo.path, y.photo.path));
  const isTest = ({ photo, place }: Placed) => (testPaths === undefined ? place < testShare : testPaths.has(photo.path));
  return parted(placed.filter(isTest), placed.filter((entry) => !isTest(entry)), validationShare === 0 ? 0 : testShare + validationShare);
}

interface Placed {
  photo: SplitPhoto;
  /** 0..1, by content and seed. */
  place: number;
}

/** @param limit Places below it validate; 0 for no validation. */
function parted(test: readonly Placed[], rest: readonly Placed[], limit: number): SplitFile {
  const below = rest.filter(({ place }) => place < limit).length;
  const validating = limit > 0 && rest.length > 1 ? Math.min(Math.max(below, 1), rest.length - 1) : 0;
  return {
    training: byPath(rest.slice(validating)),
    validation: byPath(rest.slice(0, validating)),
    test: byPath(test),
  };
}

function byPath(placed: readonly Placed[]): SplitPhoto[] {
  return placed.map(({ photo }) => photo).sort((x, y) => compare(x.path, y.path));
}

/** By code units: the same order whatever the language of the machine. */
function compare(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
