/**
 * Large pictures in parts: windows that a network can look at one after the other within bounded memory. They overlap,
 * and their answers fade into each other, so that no seam shows.
 */

export interface Window {
  /** Cells. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Share of a window that it has in common with the next one, at least. */
const OVERLAP = 0.25;

/**
 * Windows that cover a grid of cells; all of one size.
 * @param width,height of the grid, in cells
 * @param most cells a window may have
 */
export function windowsOver(width: number, height: number, most: number): Window[] {
  const square = Math.max(1, Math.floor(Math.sqrt(most)));
  const shorter = Math.min(width, height, square);
  const longer = Math.max(1, Math.floor(most / shorter));
  const [across, down] = width >= height ? [longer, shorter] : [shorter, longer];
  const size = { width: Math.min(width, across), height: Math.min(height, down) };
  return startsAlong(height, size.height).flatMap((top) =>
    startsAlong(width, size.width).map((left) => ({ left, top, ...size })),
  );
}

/** First cells of windows spread evenly along a side. */
function startsAlong(length: number, window: number): number[] {
  if (window >= length) return [0];
  const stride = Math.max(1, Math.floor(window * (1 - OVERLAP)));
  const gaps = Math.ceil((length - window) / stride);
  return Array.from({ length: gaps + 1 }, (_, k) => Math.round((k * (length - window)) / gaps));
}

/**
 * How much each cell along a window's side counts: fading towards its ends, but not where the picture ends too.
 * @param start,window first cell and length of the window @param length of the whole side
 * @returns Float32Array [window], above 0
 */
export function fading(start: number, window: number, length: number): Float32Array {
  const ramp = Math.max(1, Math.floor(window * OVERLAP));
  return Float32Array.from({ length: window }, (_, k) => {
    const fromStart = start === 0 ? 1 : (k + 1) / (ramp + 1);
    const fromEnd = start + window === length ? 1 : (window - k) / (ramp + 1);
    return Math.min(1, fromStart, fromEnd);
  });
}
