/** Where the program keeps what is its user's: settings, and runs that were given no place. */
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Surroundings } from './paths.js';

function here(): Surroundings {
  return { platform: process.platform, home: homedir(), environment: process.env };
}

/** `CHROMABENCH_SETTINGS` where it is set, else the platform's place for settings. It need not exist yet. */
export function settingsFolder({ platform, home, environment }: Surroundings = here()): string {
  if (environment.CHROMABENCH_SETTINGS) return resolve(environment.CHROMABENCH_SETTINGS);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'chromabench');
  if (platform === 'win32') return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), 'chromabench');
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'chromabench');
}

/** `CHROMABENCH_RUNS` where it is set, else a folder that people find without searching. It need not exist yet. */
export function runsFolder({ home, environment }: Surroundings = here()): string {
  return resolve(environment.CHROMABENCH_RUNS || join(home, 'Chromabench', 'runs'));
}

/** Runs of the laboratories lie beside the folder of those of trainings. It need not exist yet. */
export function labsFolder(surroundings: Surroundings = here()): string {
  return join(dirname(runsFolder(surroundings)), 'labs');
}
