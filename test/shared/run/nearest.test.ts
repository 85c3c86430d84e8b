import { expect, it } from 'vitest';
import { didYouMean, nearest } from '../../../src/shared/run/nearest.js';

it('names the nearest first, those of the same last part too, and nothing where none is near', () => {
  expect(didYouMean('conv2/wieghts', ['conv1/weights', 'conv2/weights', 'ab'])).toBe(' Did you mean conv2/weights or conv1/weights?');
  expect(didYouMean('Softmax', ['head/softmax', 'x'])).toBe(' Did you mean head/softmax?');
  expect(didYouMean('something', ['x', 'y'])).toBe('');
  expect([nearest('windw', ['bins.window', 'bins.set']), nearest('elephant', ['bins.window'])]).toEqual(['bins.window', undefined]);
});
