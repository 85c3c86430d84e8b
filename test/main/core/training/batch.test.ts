import { describe, expect, it } from 'vitest';
import { gamutBins } from '../../../../src/shared/colour/bins.js';
import { BinEncoder, type Encoding } from '../../../../src/shared/colour/encode.js';
import { srgbToLab } from '../../../../src/shared/colour/lab.js';
import { Random } from '../../../../src/shared/random.js';
import { BatchMaker, cutMiddle, cutSquare, gridSide } from '../../../../src/main/core/training/batch.js';
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
