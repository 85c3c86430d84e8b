import { z } from 'zod';
import { hintsSchema } from '../../shared/colour/hints.js';
import { contentIdSchema } from '../../shared/contract/requests/colorizing.js';

/** Hints as they are to be kept for a photograph, with the size of its file. */
const entrySchema = z.object({ bytes: z.int().nonnegative(), hints: hintsSchema });
export type UnkeptEntry = z.output<typeof entrySchema>;
/** By content id. */
const unkeptSchema = z.record(contentIdSchema, entrySchema);

/** What one page wrote down lies under this and the page's own name, which is a lock too: held as long as the page is there. */
const PREFIX = 'chromabench.unkept-hints.';

/**
 * Hints that the engine does not have yet, written down where the browser keeps them: a page that is closed or loaded again on the
 * way loses none, whichever page comes after it tells them instead.
 */
export class UnkeptHints {
  private readonly own: string;

  /** @param page Name of this page, no other's. */
  constructor(private readonly storage: Storage, private readonly locks: Pick<LockManager, 'request'>, page: string) {
    this.own = PREFIX + page;
    // Given back when the page is gone, and not before.
    void locks.request(this.own, () => new Promise(() => {}));
  }

  /** @returns Whether it is written down; the browser may have no room. */
  write(entries: ReadonlyMap<string, UnkeptEntry>): boolean {
    try {
      if (entries.size) this.storage.setItem(this.own, JSON.stringify(Object.fromEntries(entries)));
      else this.storage.removeItem(this.own);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Takes what pages left behind that are gone.
   * @param take Called once a page. @returns Whether it is written down as this page's own: before, the other's is not taken away.
   */
  async takeOver(take: (entries: Map<string, UnkeptEntry>) => boolean): Promise<void> {
    for (const left of this.others()) {
      await this.locks.request(left, { ifAvailable: true }, (lock) => {
        if (!lock) return;
        const entries = this.read(left);
        if (!entries.size || take(entries)) this.storage.removeItem(left);
      });
    }
  }

  private others(): string[] {
    const names = Array.from({ length: this.storage.length }, (_, k) => this.storage.key(k));
    return names.filter((name): name is string => name !== null && name.startsWith(PREFIX) && name !== this.own);
  }

  /** Nothing where what was written down is not understood. */
  private read(name: string): Map<string, UnkeptEntry> {
    try {
      return new Map(Object.entries(unkeptSchema.parse(JSON.parse(this.storage.getItem(name) ?? '{}'))));
    } catch {
      return new Map();
    }
  }
}
