import { z } from 'zod';
import { hintsSchema } from '../../shared/colour/hints.js';
import { contentIdSchema } from '../../shared/contract/requests/colorizing.js';

/** Hints as they are to be kept for a photograph, with the size of its file and when they were given: ms since 1970, 0 where that was not written down. */
const entrySchema = z.object({ bytes: z.int().nonnegative(), hints: hintsSchema, at: z.number().default(0) });
export type UnkeptEntry = z.output<typeof entrySchema>;
/** By content id, entry by entry: one that is not understood takes none with it. */
const recordSchema = z.record(z.string(), z.unknown());

/** What one page wrote down lies under this and the page's own name, which is a lock too: held as long as the page is there. */
const PREFIX = 'chromabench.unkept-hints.';
/** When hints were given that the engine has, of photographs for which another page has some that it does not: by content id. */
const KEPT = 'chromabench.kept-hints';

/**
 * Hints that the engine does not have yet, written down where the browser keeps them: a page that is closed or loaded again on the
 * way loses none, whichever page comes after it tells them instead. Of one photograph's the later ones count, whichever page gave them.
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
    return this.writeRecord(this.own, Object.fromEntries(entries));
  }

  /** The engine has hints: what other pages were given for the photograph before is not to take their place. */
  keptNow(content: string, at: number): void {
    const theirs = new Set(this.others().flatMap((name) => Object.keys(this.record(name) ?? {})));
    const before = this.keptTimes();
    const times = { ...before, [content]: Math.max(at, before[content] ?? 0) };
    this.writeRecord(KEPT, Object.fromEntries(Object.entries(times).filter(([id]) => theirs.has(id))));
  }

  /** Whether the engine has later hints of the photograph, from another page. */
  isOutdated(content: string, { at }: UnkeptEntry): boolean {
    return at < (this.keptTimes()[content] ?? -Infinity);
  }

  /**
   * Takes what pages left behind that are gone; what is not understood stays where it is.
   * @param take Called once a page. @returns Whether it is written down as this page's own: before, the other's is not taken away.
   */
  async takeOver(take: (entries: Map<string, UnkeptEntry>) => boolean): Promise<void> {
    for (const left of this.others()) {
      await this.locks.request(left, { ifAvailable: true }, (lock) => {
        const record = lock && this.record(left);
        if (!record) return;
        const { entries, unknown } = parted(record);
        const current = new Map([...entries].filter(([content, entry]) => !this.isOutdated(content, entry)));
        if (!current.size || take(current)) this.writeRecord(left, unknown);
      });
    }
  }

  private others(): string[] {
    const names = Array.from({ length: this.storage.length }, (_, k) => this.storage.key(k));
    return names.filter((name): name is string => name !== null && name.startsWith(PREFIX) && name !== this.own);
  }

  private writeRecord(name: string, record: Record<string, unknown>): boolean {
    try {
      if (Object.keys(record).length) this.storage.setItem(name, JSON.stringify(record));
      else this.storage.removeItem(name);
      return true;
    } catch {
      return false;
    }
  }

  /** Undefined where it is none. */
  private record(name: string): Record<string, unknown> | undefined {
    try {
      return recordSchema.parse(JSON.parse(this.storage.getItem(name) ?? '{}'));
    } catch {
      return undefined;
    }
  }

  private keptTimes(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.record(KEPT) ?? {}).filter((one): one is [string, number] => typeof one[1] === 'number'));
  }
}

function parted(record: Record<string, unknown>): { entries: Map<string, UnkeptEntry>; unknown: Record<string, unknown> } {
  const [entries, unknown]: [Map<string, UnkeptEntry>, Record<string, unknown>] = [new Map(), {}];
  for (const [content, value] of Object.entries(record)) {
    const entry = entrySchema.safeParse(value);
    if (entry.success && contentIdSchema.safeParse(content).success) entries.set(content, entry.data);
    else unknown[content] = value;
  }
  return { entries, unknown };
}
