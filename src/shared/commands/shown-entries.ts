import type { CommandName } from './commands.js';
import type { MenuEntry } from './menus.js';

/** Entries without those that a page leaves out: roles are the desktop window's; and no line begins, ends or follows a line. */
export function shownEntries(entries: readonly MenuEntry[], isKnown: (name: CommandName) => boolean): MenuEntry[] {
  const kept = entries.filter((entry) => {
    if ('role' in entry) return false;
    if ('command' in entry) return isKnown(entry.command);
    return 'separator' in entry || 'filled' in entry || shownEntries(entry.entries, isKnown).length > 0;
  });
  const isLine = (entry: MenuEntry | undefined) => entry === undefined || 'separator' in entry;
  return kept.filter((entry, k) => !isLine(entry) || (k > 0 && !isLine(kept[k - 1]) && kept.slice(k).some((later) => !isLine(later))));
}
