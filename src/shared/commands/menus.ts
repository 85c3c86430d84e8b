/** The menus, as every host shows them. */
import type { CommandName } from './commands.js';

/** What a menu holds. */
export type MenuEntry =
  | { command: CommandName }
  | { separator: true }
  | { label: string; entries: readonly MenuEntry[] }
  /** Filled in while the program runs; `entries` follow below. */
  | { label: string; filled: 'recentFolders'; entries: readonly MenuEntry[] }
  /** What only a desktop window can do; Electron knows these by their roles. */
  | { role: 'quit' | 'zoomIn' | 'zoomOut' | 'resetZoom' | 'togglefullscreen' | 'toggleDevTools' };

export interface Menu {
  label: string;
  entries: readonly MenuEntry[];
}

const SEPARATOR = { separator: true } as const;

/** In their order; a menu that holds nothing is not shown. */
const PLACES: readonly Menu[] = [
  {
    label: 'File',
    entries: [
      { command: 'openFolder' },
      { label: 'Open Recent', filled: 'recentFolders', entries: [{ command: 'clearRecentFolders' }] },
      { command: 'openExamples' },
      { command: 'openGraph' },
      SEPARATOR,
      { command: 'colorize' },
      { label: 'Export', entries: [{ command: 'exportPictures' }, { command: 'exportCharts' }, { command: 'exportReport' }] },
      { role: 'quit' },
    ],
  },
  {
    label: 'Train',
    entries: [
      { command: 'startTraining' }, SEPARATOR,
      { command: 'pauseTraining' }, { command: 'resumeTraining' }, { command: 'stopTraining' },
    ],
  },
  { label: 'Laboratories', entries: [{ command: 'showRegularization' }, { command: 'showActivations' }, { command: 'showGraphs' }] },
  {
    label: 'View',
    entries: [
      { command: 'showPhotographs' }, { command: 'showTraining' }, { command: 'showColorize' }, { command: 'showEvaluate' }, { command: 'showRuns' }, SEPARATOR,
      { command: 'toggleInspector' }, SEPARATOR,
      { command: 'themeSystem' }, { command: 'themeLight' }, { command: 'themeDark' },
      { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, { role: 'togglefullscreen' }, { role: 'toggleDevTools' },
    ],
  },
  { label: 'Help', entries: [{ command: 'showGuide' }, { command: 'showShortcuts' }, SEPARATOR, { command: 'showDoctor' }, { command: 'showAbout' }] },
];

export const MENUS: readonly Menu[] = PLACES.filter(({ entries }) => entries.length > 0);
