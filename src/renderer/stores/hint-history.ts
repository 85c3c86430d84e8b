import { defineStore } from 'pinia';
import type { Hint } from '../../shared/colour/hints.js';

/** Hints, and the one that is chosen by its number. */
export interface Moment {
  hints: readonly Hint[];
  chosen?: number;
}

/** What can be taken back of a photograph, and made again, each in the order in which it came about. */
export interface HintPast {
  past: readonly Moment[];
  future: readonly Moment[];
}

const MOST_PHOTOGRAPHS = 200;
const MOST_MOMENTS = 200;

/** What can be undone and redone of each photograph's hints, as long as the page is there: whoever walks to another one and back finds it. */
export const useHintHistory = defineStore('hint-history', () => {
  /** By content id, those changed last at the end. With the hints as they were then. */
  const histories = new Map<string, HintPast & { hints: readonly Hint[] }>();

  /** @param hints What the photograph has now. */
  function remember(content: string, { past, future }: HintPast, hints: readonly Hint[]): void {
    histories.delete(content);
    histories.set(content, { past: past.slice(-MOST_MOMENTS), future: future.slice(-MOST_MOMENTS), hints });
    if (histories.size > MOST_PHOTOGRAPHS) histories.delete(histories.keys().next().value!);
  }

  /** @param hints What the photograph has now: where something else gave it others, a file or another page, that can be undone too. */
  function recall(content: string, hints: readonly Hint[]): HintPast {
    const known = histories.get(content);
    if (!known) return { past: [], future: [] };
    if (isSame(known.hints, hints)) return known;
    return { past: [...known.past, { hints: known.hints }], future: [] };
  }

  return { remember, recall };
});

function isSame(one: readonly Hint[], other: readonly Hint[]): boolean {
  return one.length === other.length && one.every(({ x, y, a, b }, k) => x === other[k].x && y === other[k].y && a === other[k].a && b === other[k].b);
}
