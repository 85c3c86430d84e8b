/** Labelled pictures of one size, held in memory. */

export interface ImageSet {
  count: number;
  height: number;
  width: number;
  /** 1 gray, 3 R, G and B. */
  channels: number;
  /** Uint8Array [count, height, width, channels] */
  pixels: Uint8Array;
  /** Classes by number. Uint8Array [count] */
  labels: Uint8Array;
}

/** Pictures to train on and pictures to test on, with the names of their classes. */
export interface ImageData {
  classes: string[];
  training: ImageSet;
  test: ImageSet;
}

/** Numbers that one picture holds. */
export function pictureSize({ height, width, channels }: ImageSet): number {
  return height * width * channels;
}

/** At most so many pictures from the front; 0 for all. */
export function limited(set: ImageSet, most: number): ImageSet {
  if (most === 0 || most >= set.count) return set;
  return { ...set, count: most, pixels: set.pixels.subarray(0, most * pictureSize(set)), labels: set.labels.subarray(0, most) };
}

/** Chosen pictures in a given order. */
export function chosen(set: ImageSet, indices: readonly number[]): ImageSet {
  const size = pictureSize(set);
  const pixels = new Uint8Array(indices.length * size);
  indices.forEach((from, to) => pixels.set(set.pixels.subarray(from * size, (from + 1) * size), to * size));
  return { ...set, count: indices.length, pixels, labels: Uint8Array.from(indices, (k) => set.labels[k]) };
}

/** 0..255 as shares of 1: what networks are fed. */
const SHARES = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** A batch as it is fed. @returns pixels Float32Array [indices, size] in 0..1, labels Int32Array [indices] */
export function batchOf(set: ImageSet, indices: ArrayLike<number>): { pixels: Float32Array; labels: Int32Array } {
  const size = pictureSize(set);
  const pixels = new Float32Array(indices.length * size);
  for (let k = 0, to = 0; k < indices.length; k++) {
    const from = indices[k] * size;
    for (let i = 0; i < size; i++) pixels[to++] = SHARES[set.pixels[from + i]];
  }
  return { pixels, labels: Int32Array.from(indices, (k) => set.labels[k]) };
}
