/**
 * The known key that a mistyped one most likely meant; undefined when none is near.
 * A word without a dot may stand for the last part of a key: `window` for `bins.window`.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  return scored(word, known, (key) => (word.includes('.') ? Infinity : distance(word, lastPart(key)) + 0.05))[0];
}

/** ` Did you mean conv1 or conv2?` for a node or a scope; nothing where no name is near. A name without its scopes is near, too. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = scored(name, [...known], (key) => (key.toLowerCase().endsWith(`/${name.toLowerCase()}`) ? 0.5 : Infinity)).slice(0, 3);
  return near.length === 0 ? '' : ` Did you mean ${[near.slice(0, -1).join(', '), near.at(-1)].filter(Boolean).join(' or ')}?`;
}

/** Those that are near, the nearest first. @param otherwise Another way to be near. */
function scored(word: string, known: readonly string[], otherwise: (key: string) => number): string[] {
  const limit = Math.max(2, word.length / 4) + 0.1;
  // What differs that much in length is not near.
  const own = (key: string) => (Math.abs(key.length - word.length) < limit ? distance(word, key) : Infinity);
  const scores = known.map((key) => ({ key, score: Math.min(own(key), otherwise(key)) })).filter(({ score }) => score < limit);
  return scores.sort((a, b) => a.score - b.score).map(({ key }) => key);
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
