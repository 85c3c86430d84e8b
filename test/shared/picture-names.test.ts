import { expect, it } from 'vitest';
import { namedLikePicture, pictureEnding } from '../../src/shared/picture-names.js';

it('knows names that promise a picture', () => {
  expect(['a.JPG', 'b.tif', 'c.webp'].every(namedLikePicture)).toBe(true);
  expect(['notes.txt', 'jpg', 'a.jpg.txt'].some(namedLikePicture)).toBe(false);
  expect([pictureEnding('a.b.JPEG'), pictureEnding('png')]).toEqual(['.JPEG', undefined]);
});
