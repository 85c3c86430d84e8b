/** What crosses between Electron's main process and its window beside the words of the wire. */
import { z } from 'zod';
import { COMMANDS, type CommandName } from '../commands/commands.js';
import { THEMES } from './settings.js';

const commandName = z.enum(Object.keys(COMMANDS) as [CommandName, ...CommandName[]]);

/** Something chosen outside of the page: a command of the menu, or a folder (a recent one, one that a second start named). */
export type HostCommand = { type: 'command'; name: CommandName } | { type: 'folder'; path: string };

/** What the menus of the host should show. */
export const hostNewsSchema = z.strictObject({
  /** Commands that can be given now. */
  enabled: z.array(commandName),
  /** Folders opened lately, newest first. */
  recentFolders: z.array(z.string()).max(100),
  theme: z.enum(THEMES),
});
export type HostNews = z.infer<typeof hostNewsSchema>;
