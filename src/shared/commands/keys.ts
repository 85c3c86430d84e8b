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
    where: 'Photos',
    entries: [
      { keys: ['←', '→', '↑', '↓', 'Page Up', 'Page Down', 'Home', 'End'], does: 'Walk the photographs' },
      { keys: ['Enter'], does: 'Show the photograph large' },
      { keys: ['Esc'], does: 'Back to all of them' },
    ],
  },
  {
    where: 'Colorize',
    entries: [
      { keys: ['←', '→'], does: 'The photograph before, the next one' },
      { keys: ['Space'], does: 'Switch between before and after' },
      { keys: ['+', '-'], does: 'Nearer, farther' },
      { keys: ['0', '1'], does: 'Whole photograph, its own size' },
      { keys: ['Shift+←', 'Shift+→', 'Shift+↑', 'Shift+↓'], does: 'Move the place whose colours are told' },
    ],
  },
  {
    where: 'Colour hints',
    entries: [
      { keys: ['←', '→', '↑', '↓'], does: 'Move the hint that has the focus' },
      { keys: ['Shift+←', 'Shift+→', 'Shift+↑', 'Shift+↓'], does: 'Move it farther' },
      { keys: ['Delete', 'Backspace'], does: 'Remove the chosen hint' },
      { keys: ['CmdOrCtrl+Z', 'CmdOrCtrl+Shift+Z'], does: 'Take the last change of the hints back, make it again' },
    ],
  },
  {
    where: 'Drawing of a graph',
    entries: [
      { keys: ['←', '→', '↑', '↓'], does: 'Walk from box to box' },
      { keys: ['Enter'], does: 'Open or close a scope, show a node' },
      { keys: ['+', '-', '0'], does: 'Nearer, farther, all of it' },
      { keys: ['Shift+←', 'Shift+→', 'Shift+↑', 'Shift+↓'], does: 'Move the drawing' },
    ],
  },
];
