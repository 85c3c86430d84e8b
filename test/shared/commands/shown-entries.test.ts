import { expect, test } from 'vitest';
import type { MenuEntry } from '../../../src/shared/commands/menus.js';
import { shownEntries } from '../../../src/shared/commands/shown-entries.js';

const line = { separator: true } as const;
const open = { command: 'openFolder' } as const;
const charts = { command: 'exportCharts' } as const;
const quit = { role: 'quit' } as const;

test.each<[string, MenuEntry[], MenuEntry[]]>([
  ['what is known stays as it is', [open, line, charts], [open, line, charts]],
  ['roles of a desktop window are left out, and the line above them', [open, line, quit], [open]],
  ['no line begins a menu', [quit, line, open], [open]],
  ['no line follows a line', [open, line, quit, line, charts], [open, line, charts]],
  ['a menu in a menu that would be empty is left out', [open, { label: 'Export', entries: [quit] }], [open]],
  ['a list that is filled later stays', [{ label: 'Open Recent', filled: 'recentFolders', entries: [] }], [{ label: 'Open Recent', filled: 'recentFolders', entries: [] }]],
])('%s', (_, entries, shown) => expect(shownEntries(entries, () => true)).toEqual(shown));

test('a command that a window cannot carry out has no entry', () => {
  expect(shownEntries([open, line, charts], (name) => name !== 'exportCharts')).toEqual([open]);
});
