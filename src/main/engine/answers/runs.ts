import trash from 'trash';
import { runDetails } from '../../core/runs/run-details.js';
import { runId } from '../../core/runs/run-summary.js';
import { UserError } from '../../core/errors.js';
import type { RunShelf } from '../run-shelf.js';
import type { Answers } from './answers.js';

type Names = 'listRuns' | 'readRun' | 'openRun' | 'placeForRun' | 'renameRun' | 'trashRun';

export function runsAnswers(shelf: RunShelf): Answers<Names> {
  return {
    listRuns: () => shelf.list(),
    readRun: async ({ run, points }) => runDetails(await shelf.find(run), points),
    openRun: ({ path }) => shelf.open(path),
    placeForRun: async ({ name }) => {
      const path = await shelf.freePlace(name);
      return { path, id: runId(path) };
    },
    renameRun: ({ run, name }) => shelf.rename(run, name),
    trashRun: async ({ run }) => ({ movedTo: await shelf.discard(run, toTrash) }),
  };
}

async function toTrash(path: string): Promise<string> {
  await trash(path, { glob: false }).catch((error: unknown) => {
    throw new UserError(`${path} could not be moved to the trash (${(error as Error).message}). Nothing was deleted.`, { cause: error });
  });
  return 'the trash of the system';
}
