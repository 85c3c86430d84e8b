/** What the commands do in this window. */
import { inject, type InjectionKey } from 'vue';
import type { CommandFacts, CommandName } from '../../shared/commands/commands.js';

export interface WindowCommands {
  facts(): CommandFacts;
  run(name: CommandName): void;
  /** Whether this window can carry it out at all. */
  isKnown(name: CommandName): boolean;
  /** A folder chosen from the list of recent ones. */
  openFolder(path: string): void;
}

export const COMMANDS_KEY: InjectionKey<WindowCommands> = Symbol('commands');

/** The window's commands, for every component below the frame. */
export function useCommands(): WindowCommands {
  const commands = inject(COMMANDS_KEY);
  if (!commands) throw new Error('Commands are used outside of the frame.');
  return commands;
}
