/** Pictures that begin to show in one frame: a whole screenful decoded and painted in one would hold the scrolling up. */
const A_FRAME = 6;

const waiting = new Set<() => void>();
let asked: number | undefined;

/**
 * Shows a picture as soon as its turn comes.
 * @returns Gives the turn up.
 */
export function inTurn(show: () => void): () => void {
  waiting.add(show);
  asked ??= requestAnimationFrame(showSome);
  return () => waiting.delete(show);
}

function showSome(): void {
  let left = A_FRAME;
  for (const show of waiting) {
    if (left-- === 0) break;
    waiting.delete(show);
    show();
  }
  asked = waiting.size > 0 ? requestAnimationFrame(showSome) : undefined;
}
