import { describe, expect, test } from 'vitest';
import { placeOn, type WindowPlace } from '../../../../src/main/hosts/electron/window-place.js';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beamer = { x: 1440, y: 0, width: 1920, height: 1080 };
const kept: WindowPlace = { x: 1500, y: 100, width: 1600, height: 900, maximized: false };

describe('the place of the window', () => {
  test('without an earlier one it is in the middle of the main screen, and no larger', () => {
    expect(placeOn([laptop, beamer], undefined)).toEqual({ x: 0, y: 25, width: 1440, height: 875, maximized: false });
    expect(placeOn([beamer], undefined)).toEqual({ x: 1440 + 240, y: 90, width: 1440, height: 900, maximized: false });
  });

  test('it comes back where it stood', () => expect(placeOn([laptop, beamer], kept)).toEqual(kept));

  test('a screen that is gone counts no more', () => {
    expect(placeOn([laptop], kept)).toEqual({ ...laptop, maximized: false });
    expect(placeOn([laptop], { ...kept, maximized: true }).maximized).toBe(true);
  });

  test('a screen that became smaller holds it whole', () => {
    const { x, y, width, height } = placeOn([{ x: 1440, y: 0, width: 1280, height: 720 }], kept);
    expect([width, height]).toEqual([1280, 720]);
    expect([x, y]).toEqual([1440, 0]);
  });

  test('a window whose upper edge is out of reach is brought back', () => {
    expect(placeOn([laptop], { ...kept, x: 1400, y: 100 })).toEqual({ ...laptop, maximized: false });
    expect(placeOn([laptop], { ...kept, x: 0, y: 890 }).y).toBe(25);
  });
});
