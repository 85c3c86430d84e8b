import { dirname } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { realPlace } from '../core/real-path.js';
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
  private readonly passing = new Set<string>();
  private readonly store: JsonStore<typeof grantsSchema>;

  /** @param own Paths that need no choice, what is quickly found out first; those that are not there are passed over. */
  constructor(private readonly own: readonly (() => Promise<readonly string[]>)[], folder = settingsFolder()) {
    this.store = new JsonStore(folder, 'grants', grantsSchema);
  }

  /** @param passing For as long as this engine runs. @throws UserError where a path cannot be followed to where it lies. */
  async grant(paths: readonly string[], { passing = false } = {}): Promise<void> {
    const places = await Promise.all(paths.map(realPlace));
    if (passing) return places.forEach((place) => this.passing.add(keyOf(place)));
    const known = keysOf((await this.store.read()).places);
    const news = [...new Set(places)].filter((place) => !isWithin(place, known));
    if (!news.length) return;
    // A folder speaks for all that is in it.
    const keys = keysOf(news);
    await this.store.change(({ places: before }) => ({ places: [...news, ...before.filter((place) => !isWithin(place, keys))].slice(0, REMEMBERED) }));
  }

  /** @throws UserError where one of the paths leads to nothing that was chosen. */
  async demand(...paths: readonly string[]): Promise<void> {
    const remembered = keysOf((await this.store.read()).places);
    const led = await Promise.all(paths.map(async (path) => ({ path, place: await realPlace(path) })));
    let refused = led.filter(({ place }) => !isWithin(place, this.passing) && !isWithin(place, remembered));
    for (const find of this.own) {
      if (!refused.length) return;
      const own = await realKeys(await find());
      refused = refused.filter(({ place }) => !isWithin(place, own));
    }
    if (refused.length) throw new UserError(`${refused[0].path} has not been chosen in this window. Choose it in the dialog, or drop it on the window.`);
  }

  /** Whether a path leads to something that was chosen. */
  permits(path: string): Promise<boolean> {
    return this.demand(path).then(() => true, () => false);
  }
}

/** Of places that may not be there. */
async function realKeys(paths: readonly string[]): Promise<Set<string>> {
  const places = await Promise.all(paths.map((path) => realPlace(path).catch(() => undefined)));
  return keysOf(places.filter((place) => place !== undefined));
}

function keysOf(places: readonly string[]): Set<string> {
  return new Set(places.map(keyOf));
}

/** Windows does not tell capitals apart. */
function keyOf(place: string): string {
  return process.platform === 'win32' ? place.toLowerCase() : place;
}

/** Whether a real place is one of some places, or lies in one that is a folder: asked of its folders, so that thousands cost nothing. */
function isWithin(place: string, keys: ReadonlySet<string>): boolean {
  for (let folder = place; ; folder = dirname(folder)) {
    if (keys.has(keyOf(folder))) return true;
    if (dirname(folder) === folder) return false;
  }
}
