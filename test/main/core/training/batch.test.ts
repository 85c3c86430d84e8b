import { describe, expect, it } from 'vitest';
import { gamutBins } from '../../../../src/shared/colour/bins.js';
import { BinEncoder, type Encoding } from '../../../../src/shared/colour/encode.js';
import { srgbToLab } from '../../../../src/shared/colour/lab.js';
import { Random } from '../../../../src/shared/random.js';
import { BatchMaker, cutMiddle, cutPiece, cutSquare, gridSide } from '../../../../src/main/core/training/batch.js';
import { changedLightness, drawLightnessChange } from '../../../../src/main/core/training/changed-lightness.js';
import type { SeenPhoto } from '../../../../src/main/core/training/photo-store.js';

const bins = gamutBins(10);
const weights = Float32Array.from({ length: bins.Q }, (_, q) => 1 + q / 10);

function noise(width: number, height: number): SeenPhoto {
  const random = new Random('noise', width, height);
  return { width, height, rgb: Uint8Array.from({ length: width * height * 3 }, () => random.integer(256)) };
}

const pixelAt = (photo: SeenPhoto, x: number, y: number) => [...photo.rgb.subarray((y * photo.width + x) * 3, (y * photo.width + x) * 3 + 3)] as [number, number, number];

function made(encoding: Encoding, squares: Uint8Array[], grid: { patch: number; border: number; stride: number }) {
  return new BatchMaker(new BinEncoder(bins, encoding), weights).make(squares, grid);
}

describe('cutting', () => {
  const photo = noise(7, 5);

  it('takes the pixels of the place, mirrored where asked', () => {
    const square = cutSquare(photo, 2, 1, 3, false);
    const mirrored = cutSquare(photo, 2, 1, 3, true);
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < 3; x++) {
        expect([...square.subarray((y * 3 + x) * 3, (y * 3 + x) * 3 + 3)]).toEqual(pixelAt(photo, 2 + x, 1 + y));
        expect([...mirrored.subarray((y * 3 + x) * 3, (y * 3 + x) * 3 + 3)]).toEqual(pixelAt(photo, 4 - x, 1 + y));
      }
    }
  });

  it.each([[20, 16], [11, 16], [16, 16]])('shows a piece of %i pixels at %i', (from, to) => {
    // What is linear in the place stays linear in it, whatever the size: its values are known.
    const ramp: SeenPhoto = { width: 30, height: 30, rgb: Uint8Array.from({ length: 30 * 30 * 3 }, (_, i) => [8 * (Math.floor(i / 3) % 30), 7 * Math.floor(i / 90), 90][i % 3]) };
    const piece = cutPiece(ramp, { x: 4, y: 6, side: from, mirrored: false }, to);
    const at = (k: number) => Math.min(Math.max(((k + 0.5) * from) / to - 0.5, 0), from - 1);
    for (let y = 0; y < to; y++) {
      for (let x = 0; x < to; x++) {
        const [red, green, blue] = piece.subarray((y * to + x) * 3);
        expect(Math.abs(red - 8 * (4 + at(x)))).toBeLessThanOrEqual(0.51);
        expect(Math.abs(green - 7 * (6 + at(y)))).toBeLessThanOrEqual(0.51);
        expect(blue).toBe(90);
      }
    }
  });

  it('finds the middle', () => {
    expect(cutMiddle(photo, 3)).toEqual(cutSquare(photo, 2, 1, 3, false));
  });
});

describe('a batch', () => {
  const photos = [noise(16, 16), noise(16, 17)];
  const squares = photos.map((photo) => cutSquare(photo, 0, 0, 16, false));
  const grid = { patch: 16, border: 2, stride: 4 };

  it('has the lightness of every pixel and the mean colour of every cell', () => {
    const batch = made({ kind: 'hard' }, squares, grid);
    expect(gridSide(grid)).toBe(3);
    expect(batch.count).toBe(2);
    expect(batch.lightness[256 + 3 * 16 + 5]).toBeCloseTo(srgbToLab(...pixelAt(photos[1], 5, 3))[0], 2);
    let [a, b] = [0, 0];
    for (let y = 6; y < 10; y++) {
      for (let x = 2; x < 6; x++) {
        const lab = srgbToLab(...pixelAt(photos[1], x, y));
        a += lab[1] / 16;
        b += lab[2] / 16;
      }
    }
    expect(batch.truth.a[9 + 3]).toBeCloseTo(a, 2);
    expect(batch.truth.b[9 + 3]).toBeCloseTo(b, 2);
  });

  it('shows changed lightness and asks for the same colours', () => {
    const maker = new BatchMaker(new BinEncoder(bins, { kind: 'hard' }), weights);
    const plain = maker.make(squares, grid);
    const changed = maker.make(squares, grid, { lightnessOf: (piece) => ({ contrast: 0.5, brightness: 10 * piece }) });
    plain.lightness.forEach((L, i) => expect(changed.lightness[i]).toBeCloseTo(50 + (L - 50) / 2 + (i < 256 ? 0 : 10), 3));
    expect(changed.target).toEqual(plain.target);
    expect(changed.truth).toEqual(plain.truth);
  });

  it('changes lightness within the bounds that were set, and within what there is', () => {
    const changes = Array.from({ length: 1000 }, (_, k) => drawLightnessChange(0.2, new Random('change', k)));
    const [contrasts, brightnesses] = [changes.map(({ contrast }) => contrast), changes.map(({ brightness }) => brightness)];
    for (const [values, low, high] of [[contrasts, 0.8, 1.2], [brightnesses, -10, 10]] as const) {
      const reach = high - low;
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
      expect(Math.min(...values)).toBeLessThan(low + 0.02 * reach);
      expect(Math.max(...values)).toBeLessThanOrEqual(high);
      expect(Math.max(...values)).toBeGreaterThan(high - 0.02 * reach);
    }
    expect(changedLightness(Float32Array.of(0, 50, 100), { contrast: 1.2, brightness: 10 })).toEqual(Float32Array.of(0, 60, 100));
  });

  it('has the bin of each cell, and its weight', () => {
    const batch = made({ kind: 'hard' }, squares, grid);
    expect(batch.target).toHaveLength(18);
    for (let cell = 0; cell < 18; cell++) {
      const bin = bins.binOfTile[Math.floor((batch.truth.a[cell] + 110) / 10) * 22 + Math.floor((batch.truth.b[cell] + 110) / 10)];
      expect(batch.target[cell]).toBe(bin);
      expect(batch.weight[cell]).toBeCloseTo(1 + bin / 10, 5);
    }
  });

  it.each<Encoding>([{ kind: 'soft', neighbours: 5, sigma: 5 }, { kind: 'kernel', size: 5, sigma: 2 }])('has shares of bins that sum to 1: %j', (encoding) => {
    const { target, truth } = made(encoding, squares, grid);
    expect(target).toHaveLength(18 * bins.Q);
    for (let cell = 0; cell < 18; cell++) {
      const shares = target.subarray(cell * bins.Q, (cell + 1) * bins.Q) as Float32Array;
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      const meanA = shares.reduce((sum, share, q) => sum + share * bins.a[q], 0);
      expect(Math.abs(meanA - truth.a[cell])).toBeLessThan(15);
    }
  });
});
