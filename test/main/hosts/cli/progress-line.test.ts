import { expect, test } from 'vitest';
import { barLine, PhaseClock, plainLine } from '../../../../src/main/hosts/cli/progress-line.js';

const reading = { phase: 'Reading photographs', done: 120, total: 400, unit: 'photographs' };

test('a plain line says how much, which share and how long', () => {
  expect(plainLine(reading, 12)).toBe('Reading photographs: 120 of 400 photographs, 30 %, 12 s left');
  expect(plainLine({ ...reading, total: undefined }, undefined)).toBe('Reading photographs: 120 photographs');
  expect(plainLine({ ...reading, done: 400 }, 0)).toBe('Reading photographs: 400 of 400 photographs, 100 %');
});

test('a bar is as full as the work is done', () => {
  expect(barLine({ ...reading, done: 200 }, 5, 'loss 3.2')).toBe('Reading photographs ████████░░░░░░░░ 200 of 400 photographs · 50 % · 5 s left · loss 3.2');
  expect(barLine({ ...reading, total: undefined }, undefined, '')).toBe('Reading photographs 120 photographs');
});

test('time left comes from the pace of the present phase', () => {
  const clock = new PhaseClock();
  expect(clock.secondsLeft({ ...reading, done: 0 }, 0)).toBeUndefined();
  expect(clock.secondsLeft({ ...reading, done: 50 }, 1000)).toBeUndefined();
  expect(clock.secondsLeft({ ...reading, done: 100 }, 10_000)).toBe(30);
  expect(clock.secondsLeft({ ...reading, phase: 'Counting', done: 0 }, 11_000)).toBeUndefined();
  expect(clock.secondsLeft({ ...reading, phase: 'Counting', done: 200 }, 21_000)).toBe(10);
});

test('what the job says of the time left goes first', () => {
  expect(new PhaseClock().secondsLeft({ ...reading, secondsLeft: 99 }, 0)).toBe(99);
});
