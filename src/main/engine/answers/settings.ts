import type { SettingsStore } from '../settings-store.js';
import type { Answers } from './answers.js';

export function settingsAnswers(store: SettingsStore): Answers<'readSettings' | 'changeSettings'> {
  return {
    readSettings: () => store.read(),
    changeSettings: ({ theme }) => store.change((settings) => ({ ...settings, theme })),
  };
}
