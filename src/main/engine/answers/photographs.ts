import { ContractError } from '../../../shared/contract/check.js';
import type { PhotographUse } from '../../../shared/contract/catalogue.js';
import type { RunSummary } from '../../../shared/contract/run-view.js';
import { catalogueId } from '../../core/catalogue/catalogue-files.js';
import { useIn } from '../../core/runs/photograph-use.js';
import type { CatalogueShelf } from '../catalogue-shelf.js';
import type { RunShelf } from '../run-shelf.js';
import type { ServiceProcess } from '../services/service-process.js';
import type { SettingsStore } from '../settings-store.js';
import type { Answers } from './answers.js';

type Names = 'openCatalogue' | 'listPhotographs' | 'listFiles' | 'listExcluded' | 'coloursOfPhotographs' | 'coloursOfPhotograph' | 'usesOfPhotograph';

/** Recent folders that are remembered. */
const RECENT = 12;

export function photographsAnswers(shelf: CatalogueShelf, settings: SettingsStore, runs: RunShelf, pictures: ServiceProcess<'thumbnails'>): Answers<Names> {
  const demanded = async (catalogue: string, index: number) => {
    const photograph = (await shelf.demand(catalogue)).photograph(index);
    if (!photograph) throw new ContractError(`There is no photograph ${index} in the catalogue ${catalogue}.`);
    return photograph;
  };
  return {
    openCatalogue: async ({ folder }) => {
      const remembered = settings.change((before) => ({ ...before, recentFolders: [folder, ...before.recentFolders.filter((path) => path !== folder)].slice(0, RECENT) }));
      // A full disk costs the list an entry, and the person not the folder.
      await remembered.catch((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)));
      return (await shelf.find(catalogueId(folder)))?.summary ?? null;
    },
    listPhotographs: async ({ catalogue, subfolders, ...bounds }) => {
      const { total, items } = (await shelf.demand(catalogue)).photographs(subfolders, bounds);
      return { total, photographs: items };
    },
    listFiles: async ({ catalogue, subfolders, ...bounds }) => {
      const { total, items } = (await shelf.demand(catalogue)).files(subfolders, bounds);
      return { total, files: items };
    },
    listExcluded: async ({ catalogue, fate, ...bounds }) => (await shelf.demand(catalogue)).excluded(fate, bounds),
    coloursOfPhotographs: async ({ catalogue, subfolders }) => (await shelf.demand(catalogue)).colours(subfolders),
    coloursOfPhotograph: async ({ catalogue, index }) => pictures.call('colours', await demanded(catalogue, index)),
    usesOfPhotograph: async ({ catalogue, index }) => usesOf((await demanded(catalogue, index)).contentId, (await shelf.demand(catalogue)).summary.folder, await runs.list()),
  };
}

/** Runs that are looked into: each has a list of all its photographs. */
const RUNS_ASKED = 8;

/** @param runs Newest first. */
async function usesOf(contentId: string, folder: string, runs: readonly RunSummary[]): Promise<PhotographUse[]> {
  const asked = runs.filter((run) => run.folder === folder && run.state !== 'unreadable').slice(0, RUNS_ASKED);
  return Promise.all(asked.map(async ({ id, name, path }) => ({ run: id, name, use: await useIn(path, contentId) })));
}
