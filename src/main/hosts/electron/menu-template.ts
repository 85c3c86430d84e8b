/** The native menus, made from the same list as those in the page. */
import type { MenuItemConstructorOptions } from 'electron';
import type { HostCommand, HostNews } from '../../../shared/contract/bridge.js';
import { type CommandName, commandOf } from '../../../shared/commands/commands.js';
import { type MenuEntry, MENUS } from '../../../shared/commands/menus.js';
import type { Settings } from '../../../shared/contract/settings.js';

export interface MenuHome {
  news: HostNews;
  isMac: boolean;
  give(command: HostCommand): void;
}

const THEME_OF: Partial<Record<CommandName, Settings['theme']>> = { themeSystem: 'system', themeLight: 'light', themeDark: 'dark' };

/** @returns What Electron's Menu.buildFromTemplate takes. On a Mac the program's own menu comes first, and those for text and windows are there. */
export function menuTemplate(home: MenuHome): MenuItemConstructorOptions[] {
  const menus = MENUS.map(({ label, entries }) => ({ label, submenu: itemsOf(entries, home) }));
  if (!home.isMac) return menus;
  const [file, ...rest] = menus;
  return [programMenu(home), file, { role: 'editMenu' }, ...rest.slice(0, -1), { role: 'windowMenu' }, { ...rest[rest.length - 1], role: 'help' }];
}

/** Apple's first menu: about the program, hiding it, leaving it. */
function programMenu(home: MenuHome): MenuItemConstructorOptions {
  return {
    label: 'Chromabench',
    submenu: [
      commandItem('showAbout', home), { type: 'separator' }, { role: 'services' }, { type: 'separator' },
      { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, { type: 'separator' }, { role: 'quit' },
    ],
  };
}

function itemsOf(entries: readonly MenuEntry[], home: MenuHome): MenuItemConstructorOptions[] {
  return entries.filter((entry) => !(home.isMac && isProgramMenus(entry))).map((entry) => itemOf(entry, home));
}

/** On a Mac these stand in the program's own menu. */
function isProgramMenus(entry: MenuEntry): boolean {
  return ('role' in entry && entry.role === 'quit') || ('command' in entry && entry.command === 'showAbout');
}

function itemOf(entry: MenuEntry, home: MenuHome): MenuItemConstructorOptions {
  if ('separator' in entry) return { type: 'separator' };
  if ('role' in entry) return { role: entry.role };
  if ('command' in entry) return commandItem(entry.command, home);
  if (!('filled' in entry)) return { label: entry.label, submenu: itemsOf(entry.entries, home) };
  const { recentFolders } = home.news;
  const folders = recentFolders.map((path) => folderItem(path, home));
  return { label: entry.label, enabled: recentFolders.length > 0, submenu: [...folders, { type: 'separator' }, ...itemsOf(entry.entries, home)] };
}

function commandItem(name: CommandName, { news, give }: MenuHome): MenuItemConstructorOptions {
  const { label, accelerator } = commandOf(name);
  const theme = THEME_OF[name];
  return {
    id: name, label, accelerator,
    enabled: news.enabled.includes(name),
    ...(theme && { type: 'radio' as const, checked: theme === news.theme }),
    click: () => give({ type: 'command', name }),
  };
}

function folderItem(path: string, { give }: MenuHome): MenuItemConstructorOptions {
  // A single & marks a letter in menus of Windows and Linux.
  return { label: path.replaceAll('&', '&&'), click: () => give({ type: 'folder', path }) };
}
