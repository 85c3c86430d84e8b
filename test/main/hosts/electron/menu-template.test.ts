import { describe, expect, test } from 'vitest';
import { menuTemplate } from '../../../../src/main/hosts/electron/menu-template.js';
import { type CommandName, COMMANDS } from '../../../../src/shared/commands/commands.js';
import type { HostCommand, HostNews } from '../../../../src/shared/contract/bridge.js';

interface Item {
  id?: string;
  label?: string;
  role?: string;
  accelerator?: string;
  enabled?: boolean;
  checked?: boolean;
  submenu?: Item[];
  click?(): void;
}

const news: HostNews = { enabled: ['openFolder', 'themeDark'], recentFolders: ['/home/a/Rock & Roll', '/b'], theme: 'dark' };
const given: HostCommand[] = [];

function made(isMac: boolean): Item[] {
  return menuTemplate({ news, isMac, give: (command) => given.push(command) }) as Item[];
}

function all(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...all(item.submenu ?? [])]);
}

describe.each([['Windows and Linux', false], ['a Mac', true]])('menus of %s', (_, isMac) => {
  const items = all(made(isMac));

  test('every command of the menus is there once, with its accelerator, and as the page says it is', () => {
    const commands = items.filter(({ id }) => id !== undefined);
    expect(new Set(commands.map(({ id }) => id)).size).toBeGreaterThan(15);
    for (const { id, accelerator, enabled } of commands) {
      expect(accelerator).toBe((COMMANDS[id as CommandName] as { accelerator?: string }).accelerator);
      expect(enabled).toBe(news.enabled.includes(id as CommandName));
    }
    expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
    expect(commands.filter(({ id }) => id === 'showAbout')).toHaveLength(1);
  });

  test('the theme that holds is marked', () => {
    expect(items.filter(({ checked }) => checked).map(({ id }) => id)).toEqual(['themeDark']);
  });

  test('recent folders show their whole paths and open', () => {
    const recent = items.find(({ label }) => label === 'Open Recent') as Item;
    expect(recent.submenu?.map(({ label }) => label)).toContain('/home/a/Rock && Roll');
    recent.submenu?.find(({ label }) => label === '/b')?.click?.();
    expect(given.pop()).toEqual({ type: 'folder', path: '/b' });
  });

  test('a command is given by its name', () => {
    items.find(({ id }) => id === 'openFolder')?.click?.();
    expect(given.pop()).toEqual({ type: 'command', name: 'openFolder' });
  });
});

test('a Mac has the program\'s own menu first, and those for text and windows', () => {
  expect(made(true).map(({ label, role }) => label === undefined || role === 'help' ? role : label)).toEqual(expect.arrayContaining(['Chromabench', 'File', 'editMenu', 'windowMenu', 'help']));
  expect(made(true)[0].label).toBe('Chromabench');
  expect(made(false)[0].label).toBe('File');
});
