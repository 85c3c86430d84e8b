/**
 * What there is to tell of a folder that was looked through.
 */
import { tileOfCell, type Window } from '../../../shared/colour/bins.js';
import type { ColourHistogram } from '../../../shared/colour/histogram.js';
import type { Fate } from './fault.js';
import type { ExcludedItem, FolderScan } from './scan.js';

export interface Inspection {
  folder: string;
  /** Lab units a side of a bin. */
  window: Window;
  /** Everything that the walk met. */
  files: number;
  counts: Record<Fate, number>;
  excluded: ExcludedItem[];
  /** Used photographs about which something is worth saying. */
  notes: { path: string; note: string }[];
  pixels: number;
  /** Tiles of the window that hold a pixel: Q. */
  usedBins: number;
  /** [i, j, count]: cell (i, j) holds i - 110 <= a < i - 109 and j - 110 <= b < j - 109. */
  histogram: [i: number, j: number, count: number][];
  fingerprint: string;
}

type Seen = Pick<FolderScan, 'folder' | 'photos' | 'excluded' | 'counts' | 'histogram' | 'fingerprint'>;

/** A scan in numbers and sentences, at one window. */
export function inspectionOf({ folder, photos, excluded, counts, histogram, fingerprint }: Seen, window: Window): Inspection {
  return {
    folder,
    window,
    files: photos.length + excluded.length,
    counts: { ...counts },
    excluded: [...excluded],
    notes: photos.flatMap(({ path, note }) => (note === undefined ? [] : [{ path, note }])),
    pixels: histogram.pixels,
    usedBins: tilesUsed(histogram, window),
    histogram: histogram.sparse(),
    fingerprint,
  };
}

/** Any number of them, also fewer than a colorizer can be built on. */
function tilesUsed({ counts }: ColourHistogram, window: Window): number {
  const tiles = new Set<number>();
  counts.forEach((count, cell) => {
    if (count > 0) tiles.add(tileOfCell(cell, window));
  });
  return tiles.size;
}
