import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Reply } from '../../../shared/contract/requests.js';
import { HELD_OUT_FOLDER, TRAINING_FOLDER } from '../../core/demo/built-in-photographs.js';
import { labsFolder, runsFolder } from '../../core/user-folders.js';
import type { Chooser } from '../chooser.js';
import type { SettingsStore } from '../settings-store.js';
import type { Answers } from './answers.js';

/** @param given Folder named when the program was started. */
export function placesAnswers(settings: SettingsStore, chooser: Chooser, given: string | undefined): Answers<'listFolder' | 'listPlaces' | 'makeFolder' | 'choosePaths'> {
  return {
    listFolder: (options) => chooser.list(options),
    makeFolder: async ({ parent, name }) => ({ path: await chooser.make(parent, name) }),
    choosePaths: async ({ paths }) => {
      await chooser.choose(paths);
      return { paths };
    },
    listPlaces: async () => ({
      starts: starts(),
      recent: (await settings.read()).recentFolders.map((path) => ({ ...named(path), there: existsSync(path) })),
      examples: { training: TRAINING_FOLDER, heldOut: HELD_OUT_FOLDER },
      runs: runsFolder(),
      labs: labsFolder(),
      given,
    }),
  };
}

type Folder = Reply<'listPlaces'>['starts'][number];

function named(path: string): Folder {
  return { name: basename(path) || path, path };
}

function starts(): Folder[] {
  const home = homedir();
  const usual = ['Pictures', 'Desktop', 'Documents', 'Downloads'].map((name) => join(home, name));
  const machine = process.platform === 'win32' ? drives() : ['/', '/mnt', '/media', '/Volumes'];
  const places = [home, ...usual, ...machine].filter((path) => existsSync(path));
  return places.map((path) => (path === home ? { name: 'Home', path } : path === '/' ? { name: 'Computer', path } : named(path)));
}

function drives(): string[] {
  return Array.from('CDEFGHIJKLMNOPQRSTUVWXYZAB', (letter) => `${letter}:\\`);
}
