import { expect, test } from 'vitest';
import { demandAvx, demandNode, hasGlibc } from '../../../scripts/setup/platform.mjs';

test.each(['20.19.0', '20.20.2', '22.12.0', '24.21.0'])('Node %s is new enough', (version) => {
  expect(() => demandNode(version)).not.toThrow();
});

test.each(['18.20.8', '20.18.3'])('Node %s is refused with a sentence', (version) => {
  expect(() => demandNode(version)).toThrow(`This is Node.js ${version}; 20.19 or newer is needed. Install a current Node.js and run the same command again.`);
});

test('a processor without AVX is named before anything is downloaded', () => {
  expect(() => demandAvx('processor : 0\nflags\t\t: fpu sse2 sse4_2\n')).toThrow('the processor has no AVX instructions');
  expect(() => demandAvx('processor : 0\nflags\t\t: fpu sse2 avx2\n')).toThrow('the processor has no AVX instructions');
  expect(() => demandAvx('processor : 0\nflags\t\t: fpu sse2 avx avx2\n')).not.toThrow();
  expect(() => demandAvx('')).not.toThrow();
});

test('glibc is recognized on Linux', () => {
  expect(hasGlibc()).toBe(process.platform === 'linux');
});
