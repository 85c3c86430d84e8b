import { availableParallelism, totalmem } from 'node:os';
import { cacheFolder } from '../../core/paths.js';
import { PROGRAM_FOLDER, programVersion } from '../../core/program-folder.js';
import { residentMemory } from '../../core/resident-memory.js';
import { runsFolder, settingsFolder } from '../../core/user-folders.js';
import type { Answers } from './answers.js';

/** @param pids Process numbers of the engine's children, as they are now. */
export function engineAnswers(pids: () => readonly number[]): Answers<'engineStatus' | 'listDataFolders' | 'restartEngine'> {
  return {
    // It runs, as this answer shows.
    restartEngine: () => ({}),
    engineStatus: async () => ({
      memory: process.memoryUsage.rss() + (await residentMemory(pids())),
      machineMemory: totalmem(),
      processors: availableParallelism(),
      version: programVersion(),
    }),
    listDataFolders: () => ({ runs: runsFolder(), settings: settingsFolder(), cache: cacheFolder(), program: PROGRAM_FOLDER }),
  };
}
