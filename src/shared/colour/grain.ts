/**
 * The grain of a film or of a scan, found and smoothed: of it a network that has learnt from clean photographs makes colours
 * that are not there. Grain lies on everything alike, so that it is measured where the picture itself is most even; and each of its
 * pixels stands alone, which tells it from leaves and gravel, whose neighbours go together.
 */

export interface PlaneSize {
  width: number;
  height: number;
}

/** Side of the squares that are looked at, in pixels. */
const BLOCK = 8;
/** The most even share of the squares, which tells grain from texture. */
const EVEN = 0.15;
/** Of the squares this share is left out as more even than grain is by chance; the next is measured. */
const LOWEST = 0.05;
/** What that square shows, as a share of the grain that lies on all of them. */
const SHOWN = 0.74;
/** How much of what varies in even squares must stand alone: of grain most does, of textures less than half. */
const ALONE = 0.47;
/** Standard deviation below which nothing is smoothed, and up to which: more takes away the picture too. Units of L. */
const [FAINTEST, STRONGEST] = [1.35, 5];
/** Pixels on either side of one that its local mean is taken over. */
const RADIUS = 2;

/** What varies in a square, standard deviations in units of L: all of it, and what does not go on from pixel to pixel. */
interface Variation {
  all: number;
  alone: number;
}

/**
 * Standard deviation of the grain, units of L; 0 where there is none, or the plane is too small to tell.
 * @param L 0..100, Float32Array [height, width]
 */
export function grainOf(L: Float32Array, size: PlaneSize): number {
  const squares = variations(L, size).sort((x, y) => x.alone - y.alone);
  if (squares.length === 0) return 0;
  const shares = squares.slice(0, Math.max(3, Math.floor(EVEN * squares.length))).map(({ all, alone }) => alone / Math.max(all, Number.EPSILON));
  const share = shares.sort((x, y) => x - y)[shares.length >> 1];
  return share > ALONE ? squares[Math.floor(LOWEST * squares.length)].alone / SHOWN : 0;
}

/** The plane without its grain, where it has any; otherwise as it is. @param L 0..100, Float32Array [height, width] */
export function withoutGrain(L: Float32Array, size: PlaneSize): Float32Array {
  const found = grainOf(L, size);
  return found > FAINTEST ? smoothed(L, size, Math.min(STRONGEST, found)) : L;
}

function variations(L: Float32Array, { width, height }: PlaneSize): Variation[] {
  const found: Variation[] = [];
  for (let top = 1; top + BLOCK < height; top += BLOCK) {
    for (let left = 1; left + BLOCK < width; left += BLOCK) found.push(variationIn(L, width, top * width + left));
  }
  return found;
}

/**
 * Of the square at a place. What stands alone comes from differences that even and sloping surfaces do not have (Immerkaer 1996, "Fast
 * noise variance estimation"): of independent numbers the mask (1 -2 1; -2 4 -2; 1 -2 1) makes one that deviates six times as much.
 */
function variationIn(L: Float32Array, width: number, from: number): Variation {
  let [sum, squares, differences] = [0, 0, 0];
  for (let row = from; row < from + BLOCK * width; row += width) {
    for (let i = row; i < row + BLOCK; i++) {
      sum += L[i];
      squares += L[i] * L[i];
      differences += Math.abs(bend(L, i - width) - 2 * bend(L, i) + bend(L, i + width));
    }
  }
  const count = BLOCK * BLOCK;
  return {
    all: Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)),
    alone: (Math.sqrt(Math.PI / 2) * differences) / (6 * count),
  };
}

/** Second difference along a row. */
function bend(L: Float32Array, i: number): number {
  return L[i - 1] - 2 * L[i] + L[i + 1];
}

/**
 * Each pixel drawn to the mean around it by as much as grain explains of the variance there, so that edges stay (Lee 1980, "Digital
 * image enhancement and noise filtering by use of local statistics").
 */
function smoothed(L: Float32Array, { width, height }: PlaneSize, deviation: number): Float32Array {
  const noise = deviation * deviation;
  const means = localMeans(L, width, height);
  const squares = localMeans(L.map((value) => value * value), width, height);
  return L.map((value, i) => {
    const variance = squares[i] - means[i] * means[i];
    return means[i] + (variance > noise ? (variance - noise) / variance : 0) * (value - means[i]);
  });
}

/** Means over the square around each pixel, as far as it lies in the plane. */
function localMeans(plane: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(plane.length);
  const means = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) meansAlong(plane, rows, y * width, 1, width);
  for (let x = 0; x < width; x++) meansAlong(rows, means, x, width, height);
  return means;
}

/** Means along one line of a plane. @param from first place @param step to the next place */
function meansAlong(source: Float32Array, out: Float32Array, from: number, step: number, length: number): void {
  for (let k = 0; k < length; k++) {
    const [first, last] = [Math.max(0, k - RADIUS), Math.min(length - 1, k + RADIUS)];
    let sum = 0;
    for (let j = first; j <= last; j++) sum += source[from + j * step];
    out[from + k * step] = sum / (last - first + 1);
  }
}
