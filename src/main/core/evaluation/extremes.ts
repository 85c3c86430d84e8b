/** The best and the worst photographs of an evaluation, found while it goes on: each end is kept with what shows it, no more. */
import type { PhotoFigures } from '../../../shared/run/evaluation.js';

/** A photograph of one end, and the strip that shows it. */
export interface ShownEnd {
  figures: PhotoFigures;
  /** WebP. */
  strip: Uint8Array;
}

export class Extremes {
  private readonly best: ShownEnd[] = [];
  private readonly worst: ShownEnd[] = [];
  private photos = 0;

  /** @param most Photographs kept of each end. */
  constructor(private readonly most: number) {}

  /** @param draw Makes the strip; asked only where the photograph is among the ends so far. */
  async add(figures: PhotoFigures, draw: () => Promise<Uint8Array>): Promise<void> {
    this.photos++;
    const ends = [{ list: this.best, order: nearestFirst }, { list: this.worst, order: farthestFirst }];
    const open = ends.filter(({ list, order }) => list.length < this.most || order(figures, list[list.length - 1].figures) < 0);
    if (open.length === 0) return;
    const shown = { figures, strip: await draw() };
    for (const { list, order } of open) {
      list.push(shown);
      list.sort((x, y) => order(x.figures, y.figures));
      list.splice(this.most);
    }
  }

  /** Of a small set each photograph counts to one end only. */
  ends(): { best: ShownEnd[]; worst: ShownEnd[] } {
    const half = Math.ceil(this.photos / 2);
    return { best: this.best.slice(0, half), worst: this.worst.slice(0, this.photos - half) };
  }
}

/** Equal ones stand by name, so that the same set gives the same list. */
function nearestFirst(x: PhotoFigures, y: PhotoFigures): number {
  return y.auc - x.auc || (x.path < y.path ? -1 : 1);
}

function farthestFirst(x: PhotoFigures, y: PhotoFigures): number {
  return -nearestFirst(x, y);
}
