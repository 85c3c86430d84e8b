import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../core/paths.js';
import { residentMemory } from '../../core/resident-memory.js';
import { runsFolder, settingsFolder } from '../../core/user-folders.js';
import type { Answers } from './answers.js';

/** package.json, out/ and resources/ lie in it. */
const PROGRAM = resolve(fileURLToPath(new URL('../../../../', import.meta.url)));

/** @param pids Process numbers of the engine's children, as they are now. */
export function engineAnswers(pids: () => readonly number[]): Answers<'engineStatus' | 'listDataFolders' | 'restartEngine'> {
  return {
    // It runs, as this answer shows.
    restartEngine: () => ({}),
    engineStatus: async () => ({
      memory: process.memoryUsage.rss() + (await residentMemory(pids())),
      machineMemory: totalmem(),
      processors: availableParallelism(),
      version: version(),
    }),
    listDataFolders: () => ({ runs: runsFolder(), settings: settingsFolder(), cache: cacheFolder(), program: PROGRAM }),
  };
}

function version(): string {
  return (JSON.parse(readFileSync(join(PROGRAM, 'package.json'), 'utf8')) as { version: string }).version;
}
