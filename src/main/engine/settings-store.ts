import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Settings, settingsSchema } from '../../shared/contract/settings.js';
import { writeJsonWhole } from '../core/files.js';
import { settingsFolder } from '../core/user-folders.js';

/** Settings on disk. A file that is missing or damaged counts as untouched settings: nobody is kept out by it. */
export class SettingsStore {
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly folder = settingsFolder()) {}

  async read(): Promise<Settings> {
    const text = await readFile(this.path, 'utf8').catch(() => '{}');
    return settingsSchema.safeParse(jsonOrNothing(text)).data ?? settingsSchema.parse({});
  }

  /** Changes follow each other: none is lost between reading and writing. */
  change(changed: (settings: Settings) => Settings): Promise<Settings> {
    const next = this.writing.then(async () => {
      const settings = changed(await this.read());
      await mkdir(this.folder, { recursive: true });
      await writeJsonWhole(this.path, settings);
      return settings;
    });
    this.writing = next.catch(() => {});
    return next;
  }

  private get path(): string {
    return join(this.folder, 'settings.json');
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
