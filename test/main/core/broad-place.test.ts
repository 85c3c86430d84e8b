import { expect, test } from 'vitest';
import { isBroad } from '../../../src/main/core/broad-place.js';

test.skipIf(process.platform === 'win32').each([
  ['/', true], ['/home', true], ['/home/ada', true], ['/home/ada/Pictures', false], ['/home/adam', false], ['/media/disk', false],
])('%s is broad: %s', (place, broad) => expect(isBroad(place, '/home/ada')).toBe(broad));
