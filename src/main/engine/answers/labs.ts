import { labDetails, labWeights } from '../../core/labs/lab-details.js';
import { inFileManager } from '../file-manager.js';
import type { LabShelf } from '../lab-shelf.js';
import { toTrash } from '../trash.js';
import type { Answers } from './answers.js';

type Names = 'listLabs' | 'readLab' | 'readLabWeights' | 'openLab' | 'placeForLab' | 'labOfJob' | 'showLabFolder' | 'renameLab' | 'trashLab';

/** Ids of jobs begin with their kind. */
const EXPERIMENTS = /^(regularization|shrink|sweep|outliers|activations|resumeActivations)-/;

/** @param parametersOf What a job was started with. */
export function labsAnswers(shelf: LabShelf, parametersOf: (job: string) => unknown): Answers<Names> {
  return {
    listLabs: () => shelf.list(),
    readLab: async ({ lab, points }) => labDetails(await shelf.find(lab), points),
    readLabWeights: async ({ lab, first, count }) => labWeights(await shelf.find(lab), first, count),
    openLab: ({ path }) => shelf.open(path),
    placeForLab: ({ name }) => shelf.freePlace(name),
    labOfJob: ({ id }) => {
      const { out, run } = parametersOf(id) as { out?: string; run?: string };
      const path = EXPERIMENTS.test(id) ? (out ?? run) : undefined;
      return path === undefined ? null : { path, id: shelf.introduce(path) };
    },
    showLabFolder: async ({ lab }) => ({ path: await inFileManager(await shelf.find(lab)) }),
    renameLab: ({ lab, name }) => shelf.rename(lab, name),
    trashLab: async ({ lab }) => ({ movedTo: await shelf.discard(lab, toTrash) }),
  };
}
