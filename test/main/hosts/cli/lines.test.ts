import { expect, test } from 'vitest';
import { columns } from '../../../../src/main/hosts/cli/lines.js';

test('columns line up', () => {
  expect(columns([['a', '1'], ['long', '22']])).toBe('  a     1\n  long  22');
});
