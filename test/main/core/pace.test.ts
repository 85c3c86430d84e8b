import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pace } from '../../../src/main/core/pace.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const work = { phase: 'Reading', unit: 'files', total: 10 };

it('tells how long the rest takes at the pace so far', () => {
  const pace = new Pace(work);
  vi.advanceTimersByTime(500);
  expect(pace.step()).toEqual({ ...work, done: 1, secondsLeft: undefined });
  vi.advanceTimersByTime(3500);
  expect(pace.step()).toEqual({ ...work, done: 2, secondsLeft: 16 });
});

it('does not promise the pace of what is skipped', () => {
  const pace = new Pace(work);
  vi.advanceTimersByTime(2000);
  for (let k = 0; k < 4; k++) expect(pace.step(false).secondsLeft).toBeUndefined();
  expect(pace.step().secondsLeft).toBe(10);
});
