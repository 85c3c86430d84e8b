import { expect, test } from 'vitest';
import { columns, count, counted, decimal, duration } from '../../../../src/main/hosts/cli/words.js';

test.each([
  [0, '0 s'], [8.4, '8 s'], [59.6, '1 min'], [80, '1 min 20 s'], [600, '10 min'], [619, '10 min'], [3600, '1 h 0 min'], [7500, '2 h 5 min'], [-3, '0 s'],
])('%d seconds are %s', (seconds, words) => expect(duration(seconds)).toBe(words));

test('numbers have thousands separators', () => {
  expect([count(1234567), counted(1, 'file'), counted(2000, 'file'), decimal(1234.567, 1)]).toEqual(['1,234,567', '1 file', '2,000 files', '1,234.6']);
});

test('columns line up', () => {
  expect(columns([['a', '1'], ['long', '22']])).toBe('  a     1\n  long  22');
});
