import { settingsSchema } from '../../shared/contract/settings.js';
import { settingsFolder } from '../core/user-folders.js';
import { JsonStore } from './json-store.js';

/** What the program remembers of its user, on disk. */
export class SettingsStore extends JsonStore<typeof settingsSchema> {
  constructor(folder = settingsFolder()) {
    super(folder, 'settings', settingsSchema);
  }
}
