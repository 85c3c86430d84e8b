/**
 * The known key that a mistyped one most likely meant; undefined when none is near.
 * A word without a dot may stand for the last part of a key: `window` for `bins.window`.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let lowest = Math.max(2, word.length / 4) + 0.1;
  for (const key of known) {
    const score = Math.min(distance(word, key), word.includes('.') ? Infinity : distance(word, lastPart(key)) + 0.05);
    if (score < lowest) [best, lowest] = [key, score];
  }
  return best;
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** Levenshtein's edit distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
