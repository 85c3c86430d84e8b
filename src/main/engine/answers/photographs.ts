import { catalogueId } from '../../core/catalogue/catalogue-files.js';
import type { CatalogueShelf } from '../catalogue-shelf.js';
import type { SettingsStore } from '../settings-store.js';
import type { Answers } from './answers.js';

type Names = 'openCatalogue' | 'listPhotographs' | 'listExcluded' | 'coloursOfPhotographs';

/** Recent folders that are remembered. */
const RECENT = 12;

export function photographsAnswers(shelf: CatalogueShelf, settings: SettingsStore): Answers<Names> {
  return {
    openCatalogue: async ({ folder }) => {
      await settings.change((before) => ({ ...before, recentFolders: [folder, ...before.recentFolders.filter((path) => path !== folder)].slice(0, RECENT) }));
      return (await shelf.find(catalogueId(folder)))?.summary ?? null;
    },
    listPhotographs: async ({ catalogue, subfolders, ...bounds }) => {
      const { total, items } = (await shelf.demand(catalogue)).photographs(subfolders, bounds);
      return { total, photographs: items };
    },
    listExcluded: async ({ catalogue, fate, ...bounds }) => (await shelf.demand(catalogue)).excluded(fate, bounds),
    coloursOfPhotographs: async ({ catalogue, subfolders }) => (await shelf.demand(catalogue)).colours(subfolders),
  };
}
