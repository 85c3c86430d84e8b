import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { liesWithin, realPlace } from '../core/real-path.js';
import { settingsFolder } from '../core/user-folders.js';
import { JsonStore } from './json-store.js';

/** Places that are remembered over starts; of more the oldest are forgotten and chosen anew. */
const REMEMBERED = 5000;

const grantsSchema = z.object({
  /** Real paths of files and folders, newest first. */
  places: z.array(z.string()).default([]),
});

/** What windows may reach: the places that a person chose, and the program's own. What lies in a folder goes with it. */
export class Grants {
  /** For as long as the engine runs. */
  private readonly passing: string[] = [];
  private readonly store: JsonStore<typeof grantsSchema>;

  /** @param own Paths that need no choice, what is quickly found out first; those that are not there are passed over. */
  constructor(private readonly own: readonly (() => Promise<readonly string[]>)[], folder = settingsFolder()) {
    this.store = new JsonStore(folder, 'grants', grantsSchema);
  }

  /** @param passing For as long as this engine runs. @throws UserError where a path cannot be followed to where it lies. */
  async grant(paths: readonly string[], { passing = false } = {}): Promise<void> {
    const places = await Promise.all(paths.map(realPlace));
    if (passing) return void this.passing.push(...places);
    const news = await this.unknown(places);
    if (news.length) await this.store.change((before) => ({ places: [...news, ...without(before.places, news)].slice(0, REMEMBERED) }));
  }

  /** @throws UserError where a path leads to nothing that was chosen. */
  async demand(path: string): Promise<void> {
    const place = await realPlace(path);
    if (!(await this.includes(place))) throw new UserError(`${path} has not been chosen in this window. Choose it in the dialog, or drop it on the window.`);
  }

  /** Whether a path leads to something that was chosen. */
  permits(path: string): Promise<boolean> {
    return this.demand(path).then(() => true, () => false);
  }

  private async includes(place: string): Promise<boolean> {
    const { places } = await this.store.read();
    if ([...this.passing, ...places].some((known) => liesWithin(place, known))) return true;
    for (const find of this.own) if (await isWithinOne(place, await find())) return true;
    return false;
  }

  private async unknown(places: readonly string[]): Promise<string[]> {
    const known = (await this.store.read()).places;
    return [...new Set(places)].filter((place) => !known.some((folder) => liesWithin(place, folder)));
  }
}

async function isWithinOne(place: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const real = await realPlace(folder).catch(() => undefined);
    if (real !== undefined && liesWithin(place, real)) return true;
  }
  return false;
}

/** Places that are not within new ones: a folder speaks for all that is in it. */
function without(places: readonly string[], news: readonly string[]): string[] {
  return places.filter((place) => !news.some((folder) => liesWithin(place, folder)));
}
