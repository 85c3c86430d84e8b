import { filterIndex, readFilters } from '../../core/runs/filter-snapshot.js';
import { openRun } from '../../core/runs/run.js';
import { runDetails } from '../../core/runs/run-details.js';
import { inFileManager } from '../file-manager.js';
import type { RunShelf } from '../run-shelf.js';
import { toTrash } from '../trash.js';
import type { Answers } from './answers.js';

type Names = 'listRuns' | 'readRun' | 'readLog' | 'listFilters' | 'readFilters' | 'openRun' | 'placeForRun' | 'runOfJob' | 'showRunFolder' | 'renameRun' | 'trashRun';

/** Ids of jobs begin with their kind. */
const TRAININGS = /^(train|resume|clusterTrain|clusterResume|clusterAttach)-/;

/** @param parametersOf What a job was started with. */
export function runsAnswers(shelf: RunShelf, parametersOf: (job: string) => unknown): Answers<Names> {
  return {
    listRuns: () => shelf.list(),
    readRun: async ({ run, points }) => runDetails(await shelf.find(run), points),
    readLog: async ({ run }) => ({ lines: (await (await openRun(await shelf.find(run))).log()).trimEnd().split('\n') }),
    listFilters: async ({ run }) => filterIndex(await shelf.find(run)),
    readFilters: async ({ run, step, ...wish }) => readFilters(await shelf.find(run), step, wish),
    openRun: ({ path }) => shelf.open(path),
    placeForRun: ({ name }) => shelf.freePlace(name),
    runOfJob: ({ id }) => {
      const { out, run } = parametersOf(id) as { out?: string; run?: string };
      const path = TRAININGS.test(id) ? (out ?? run) : undefined;
      return path === undefined ? null : { path, id: shelf.introduce(path) };
    },
    showRunFolder: async ({ run }) => ({ path: await inFileManager(await shelf.find(run)) }),
    renameRun: ({ run, name }) => shelf.rename(run, name),
    trashRun: async ({ run }) => ({ movedTo: await shelf.discard(run, toTrash) }),
  };
}
