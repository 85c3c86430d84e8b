/** Charts that are to be drawn: one a frame, so that a screen full of them never holds up the page for longer than one takes. */
const waiting = new Set<() => void>();
let frame: number | undefined;

/**
 * Draws when it is its turn; asked again before that, once.
 * @returns A function that gives the turn up.
 */
export function drawInTurn(draw: () => void): () => void {
  waiting.add(draw);
  frame ??= requestAnimationFrame(drawNext);
  return () => void waiting.delete(draw);
}

function drawNext(): void {
  const [draw] = waiting;
  waiting.delete(draw);
  frame = waiting.size ? requestAnimationFrame(drawNext) : undefined;
  draw?.();
}
