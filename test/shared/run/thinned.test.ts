import { expect, test } from 'vitest';
import { thinned } from '../../../src/shared/run/thinned.js';
import type { MetricsLine } from '../../../src/shared/run/metrics.js';

function lines(n: number): MetricsLine[] {
  return Array.from({ length: n }, (_, step) => ({ step, ...(step % 1000 === 7 && { validation: {} }) }) as unknown as MetricsLine);
}

test('a long run is thinned evenly; validations and the last line stay', () => {
  const thin = thinned(lines(100_000), 1000, ({ validation }) => validation !== undefined);
  expect(thin.length).toBeLessThanOrEqual(1100);
  expect(thin.at(-1)?.step).toBe(99_999);
  expect(thin.filter(({ validation }) => validation)).toHaveLength(100);
});

test('a short run is left as it is', () => {
  expect(thinned(lines(50), 1000)).toHaveLength(50);
});
