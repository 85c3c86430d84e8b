/** What keys do beside the accelerators of the commands. */
export interface KeyHelp {
  /** As accelerators are written; several that do the like. */
  keys: readonly string[];
  does: string;
}

export interface KeyGroup {
  where: string;
  entries: readonly KeyHelp[];
}

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    where: 'Anywhere',
    entries: [
      { keys: ['F6', 'Shift+F6'], does: 'To the next or the last part of the window: menus, screens, main area, inspector, status' },
      { keys: ['Tab', 'Shift+Tab'], does: 'To the next or the last control' },
      { keys: ['Esc'], does: 'Close a dialog or a menu' },
    ],
  },
  {
    where: 'Photographs and pictures',
    entries: [
      { keys: ['←', '→', '↑', '↓'], does: 'Walk the photographs' },
      { keys: ['Enter'], does: 'Show a photograph large' },
      { keys: ['Space'], does: 'Switch between before and after' },
    ],
  },
];
