import type { SettingsStore } from '../settings-store.js';
import type { Answers } from './answers.js';

export function settingsAnswers(store: SettingsStore): Answers<'readSettings' | 'changeSettings' | 'clearRecentFolders'> {
  return {
    readSettings: () => store.read(),
    clearRecentFolders: () => store.change((settings) => ({ ...settings, recentFolders: [] })),
    changeSettings: ({ theme }) => store.change((settings) => ({ ...settings, theme })),
  };
}
