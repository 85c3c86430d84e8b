import { expect, test } from 'vitest';
import { pathText, printable } from '../../../../src/main/hosts/cli/path-text.js';

test.each([
  ['plain ü 写真.jpg', 'plain ü 写真.jpg'],
  ['red\u001b[31m.jpg', 'red\\u001b[31m.jpg'],
  ['two\nlines\r.jpg', 'two\\u000alines\\u000d.jpg'],
  ['title\u009d0;x\u0007', 'title\\u009d0;x\\u0007'],
  ['photo\u202egpj.exe', 'photo\\u202egpj.exe'],
])('%j is shown as %s', (path, shown) => expect(pathText(path)).toBe(shown));

test('lines stay lines', () => expect(printable('a\nb\u001b[2J')).toBe('a\nb\\u001b[2J'));
