import { expect, test } from 'vitest';
import { bytes, count, counted, decimal, duration, moment } from '../../../src/shared/words/words.js';

test.each([
  [0, '0 s'], [8.4, '8 s'], [59.6, '1 min'], [80, '1 min 20 s'], [600, '10 min'], [619, '10 min'], [3600, '1 h 0 min'], [7500, '2 h 5 min'], [-3, '0 s'],
])('%d seconds are %s', (seconds, words) => expect(duration(seconds)).toBe(words));

test('numbers have thousands separators', () => {
  expect([count(1234567), counted(1, 'file'), counted(2000, 'file'), decimal(1234.567, 1)]).toEqual(['1,234,567', '1 file', '2,000 files', '1,234.6']);
});

test('a number below zero has a minus sign, not a hyphen', () => expect(decimal(-0.5, 1)).toBe('\u22120.5'));

test.each([[0, '0 kB'], [1200, '2 kB'], [999_999, '1,000 kB'], [412e6, '412 MB'], [1.26e9, '1.3 GB']])('%d bytes are %s', (value, words) => expect(bytes(value)).toBe(words));

test('a moment of today is told by its time, an earlier one by its day', () => {
  const noon = new Date(2026, 2, 5, 12, 4).getTime();
  expect([moment(noon, noon + 3_600_000), moment(noon, noon + 86_400_000)]).toEqual(['today 12:04', '5 Mar 2026 12:04']);
});
