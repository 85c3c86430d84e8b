import { watchEffect } from 'vue';
import type { HostNews } from '../../shared/contract/bridge.js';
import { COMMANDS, type CommandName, isEnabled } from '../../shared/commands/commands.js';
import { door } from '../api/door.js';
import { useSettings } from '../stores/settings.js';
import type { WindowCommands } from './commands.js';

const NAMES = Object.keys(COMMANDS) as CommandName[];

/**
 * Binds the commands to menus that the host has outside of the page: these follow the page, and what is chosen there is done here.
 * @returns Whether the host has such menus, and with them the accelerators.
 */
export function bindHostMenu(commands: WindowCommands): boolean {
  if (!door.watchCommands) return false;
  const settings = useSettings();
  door.watchCommands((command) => (command.type === 'folder' ? commands.openFolder(command.path) : commands.run(command.name)));
  watchEffect(() => {
    const enabled = NAMES.filter((name) => commands.isKnown(name) && isEnabled(name, commands.facts()));
    // Plain copies: what is reactive cannot leave the page.
    const news: HostNews = { enabled, recentFolders: settings.recentFolders.slice(0, 20), theme: settings.theme };
    door.tellNews?.(news);
  });
  return true;
}
