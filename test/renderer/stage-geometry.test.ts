import { describe, expect, it } from 'vitest';
import { fittedPlacement, held, visiblePart, zoomedPlacement } from '../../src/renderer/views/colorize/stage-geometry.js';

const stage = { width: 800, height: 600 };
const photo = { width: 4000, height: 3000 };

describe('a photograph on the stage', () => {
  it('fits with a margin, in the middle, large or small', () => {
    for (const size of [photo, { width: 50, height: 80 }, { width: 3000, height: 20 }]) {
      const { scale, left, top } = fittedPlacement(size, stage);
      expect(size.width * scale).toBeLessThanOrEqual(752 + 1e-9);
      expect(size.height * scale).toBeLessThanOrEqual(552 + 1e-9);
      expect(left * 2 + size.width * scale).toBeCloseTo(800, 6);
      expect(top * 2 + size.height * scale).toBeCloseTo(600, 6);
    }
  });

  it('is zoomed about the pointer: what lies under it stays there', () => {
    const fitted = fittedPlacement(photo, stage);
    const at = { x: 300, y: 350 };
    const zoomed = zoomedPlacement(fitted, 1, at, photo, stage);
    expect((at.x - zoomed.left) / zoomed.scale).toBeCloseTo((at.x - fitted.left) / fitted.scale, 6);
    expect((at.y - zoomed.top) / zoomed.scale).toBeCloseTo((at.y - fitted.top) / fitted.scale, 6);
    expect(zoomedPlacement(zoomed, 1e9, at, photo, stage).scale).toBe(16);
    expect(zoomedPlacement(zoomed, 0, at, photo, stage).scale).toBeLessThanOrEqual(fitted.scale);
  });

  it('is moved to its edges and no further', () => {
    expect(held({ scale: 1, left: 500, top: -9000 }, photo, stage)).toEqual({ scale: 1, left: 0, top: -2400 });
    expect(visiblePart(-100, 4000, 800)).toEqual({ start: 0, length: 800 });
    expect(visiblePart(50, 300, 800)).toEqual({ start: 50, length: 300 });
  });
});
