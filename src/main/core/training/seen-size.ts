/** At which size photographs are seen in training, and how large the pieces cut from them can be. */
import type { Size } from './patch-plan.js';

/** Share of the photographs that may be smaller than a piece; these are enlarged. */
const ENLARGED_SHARE = 0.1;

export interface SeenSizes {
  /** Side of the pieces, in pixels. */
  patch: number;
  /** Size of each photograph as it is seen. */
  sizes: Size[];
  /** Median of their shorter sides. */
  shorterSide: number;
}

/**
 * @param photos Sizes as stored.
 * @param side Longer shorter sides are reduced to this.
 * @param wanted Side of a piece; smaller where the photographs are.
 * @param multiple Sides of pieces that the network takes are multiples of this, ...
 * @param minimum ... and not below this.
 */
export function seenSizes(photos: readonly Size[], side: number, wanted: number, { multiple, minimum }: { multiple: number; minimum: number }): SeenSizes {
  const shorter = photos.map((photo) => Math.min(side, shorterOf(photo))).sort((x, y) => x - y);
  const common = shorter[Math.floor(shorter.length * ENLARGED_SHARE)];
  const patch = Math.max(minimum, Math.floor(Math.min(wanted, common) / multiple) * multiple);
  return {
    patch,
    sizes: photos.map((photo) => seenSize(photo, side, patch)),
    shorterSide: Math.max(patch, shorter[Math.floor(shorter.length / 2)]),
  };
}

/** One photograph: reduced to `side`, enlarged to `patch`, or as it is. */
export function seenSize(photo: Size, side: number, patch: number): Size {
  const shorter = shorterOf(photo);
  const scale = Math.min(Math.max(shorter, patch), side) / shorter;
  return { width: Math.max(patch, Math.round(photo.width * scale)), height: Math.max(patch, Math.round(photo.height * scale)) };
}

function shorterOf({ width, height }: Size): number {
  return Math.min(width, height);
}
