/** The sparse form in which catalogues keep the colours of a set. */
import type { ColourHistogram } from '../../../shared/colour/histogram.js';
import type { SparseColours } from '../../../shared/contract/catalogue.js';

/** Parts of an ab unit to which means are kept. */
const PARTS = 1000;

export function sparseOf({ pixels, counts, sumA, sumB }: ColourHistogram): SparseColours {
  const sparse: SparseColours = { pixels, cells: [], counts: [], meanA: [], meanB: [] };
  counts.forEach((count, cell) => {
    if (count === 0) return;
    sparse.cells.push(cell);
    sparse.counts.push(count);
    sparse.meanA.push(Math.round((sumA[cell] / count) * PARTS) / PARTS);
    sparse.meanB.push(Math.round((sumB[cell] / count) * PARTS) / PARTS);
  });
  return sparse;
}
