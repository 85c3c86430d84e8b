import { expect, test } from 'vitest';
import { examineMemory, parseAvailable, parseLimit } from '../../../../src/main/core/doctor/memory.js';

test('available memory is what the system can give, caches included', () => {
  expect(parseAvailable('MemTotal: 24000000 kB\nMemFree:  100 kB\nMemAvailable:    2000 kB\n')).toBe(2_048_000);
  expect(parseAvailable(undefined)).toBeUndefined();
});

test("a container's limit counts where it is below the machine's memory", () => {
  expect(parseLimit('1500000000\n', 8e9)).toBe(1.5e9);
  expect(parseLimit('9223372036854771712\n', 8e9)).toBeUndefined();
  expect(parseLimit('max\n', 8e9)).toBeUndefined();
  expect(parseLimit(undefined, 8e9)).toBeUndefined();
});

test('this machine has memory, and not more available than there is', async () => {
  const { total, available } = await examineMemory();
  expect(available).toBeGreaterThan(0);
  expect(available).toBeLessThanOrEqual(total);
});
