import { z } from 'zod';
import { type Hint, hintsSchema } from '../../shared/colour/hints.js';
import { contentIdSchema } from '../../shared/contract/requests/colorizing.js';
import { settingsFolder } from '../core/user-folders.js';
import { JsonStore } from './json-store.js';

/** The file's size is there to find photographs again without reading each file of a folder. */
const entrySchema = z.object({ bytes: z.int().nonnegative(), hints: hintsSchema });
const documentSchema = z.object({ version: z.literal(1).default(1), photographs: z.record(contentIdSchema, entrySchema).default({}) });
export type KeptEntry = z.infer<typeof entrySchema>;

/**
 * Colour hints that a person gave photographs. They belong to what a photograph shows, not to where it lies: a file that is moved,
 * renamed or copied keeps them, one that is changed is another photograph, and no run has a say.
 */
export class HintStore {
  private readonly store: JsonStore<typeof documentSchema>;

  constructor(folder = settingsFolder()) {
    this.store = new JsonStore(folder, 'colour-hints', documentSchema);
  }

  async of(content: string): Promise<Hint[]> {
    return (await this.store.read()).photographs[content]?.hints ?? [];
  }

  /** By content id. */
  async all(): Promise<Map<string, Hint[]>> {
    return new Map(Object.entries((await this.store.read()).photographs).map(([content, { hints }]) => [content, hints]));
  }

  /** Sizes of the files of all photographs that have hints. */
  async sizes(): Promise<Set<number>> {
    return new Set(Object.values((await this.store.read()).photographs).map(({ bytes }) => bytes));
  }

  /** Takes the hints of photographs instead of those they had, by content id. @throws UserError where they cannot be written. */
  async keep(entries: ReadonlyMap<string, KeptEntry>): Promise<void> {
    await this.store.change((document) => {
      const photographs = { ...document.photographs, ...Object.fromEntries(entries) };
      return { ...document, photographs: Object.fromEntries(Object.entries(photographs).filter(([, { hints }]) => hints.length > 0)) };
    });
  }
}
