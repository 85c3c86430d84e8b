/** Pictures made from photographs, kept in the cache folder within a bound: those not asked for longest go first. */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureFolder, isAside, writeFileWhole } from '../files.js';
import { cacheFolder } from '../paths.js';

/** Share of the bound that an eviction leaves filled, so that the next one is some time off. */
const KEPT_SHARE = 0.75;
/** Uses are told apart to this: a picture that is looked at again and again is not marked each time. */
const USE_MS = 3_600_000;

interface Kept {
  path: string;
  bytes: number;
  usedMs: number;
}

export class PictureCache {
  /** Bytes kept, once they have been counted. */
  private taken: number | undefined;
  private counting: Promise<void> | undefined;

  /** @param name Of its folder in the cache. @param bound Bytes. @param ending Of its files. */
  constructor(private readonly name: string, private readonly bound: number, private readonly ending = '.webp') {}

  /** Where the picture of a content lies, or would lie. @param contentId SHA-256 of the photograph, or of what the picture is made of, hex */
  pathOf(contentId: string): string {
    return join(this.folder, contentId.slice(0, 2), `${contentId}${this.ending}`);
  }

  /**
   * Path of the picture of a content.
   * @param make Called where it is not there yet; gives the file's bytes.
   */
  async get(contentId: string, make: () => Promise<Uint8Array>): Promise<string> {
    const path = this.pathOf(contentId);
    if (await this.use(path)) return path;
    const bytes = await make();
    await ensureFolder(dirname(path));
    await writeFileWhole(path, bytes);
    await this.account(bytes.length);
    return path;
  }

  private get folder(): string {
    return join(cacheFolder(), this.name);
  }

  /** Whether it is there; marks that it is used. */
  private async use(path: string): Promise<boolean> {
    const facts = await stat(path).catch(() => undefined);
    if (!facts) return false;
    const now = new Date();
    if (now.getTime() - facts.mtimeMs > USE_MS) await utimes(path, now, now).catch(() => undefined);
    return true;
  }

  private async account(bytes: number): Promise<void> {
    if (this.taken === undefined) return void (await this.count());
    this.taken += bytes;
    if (this.taken > this.bound) await this.count();
  }

  /** Counts what is there, other programs' pictures included, and makes room where it is too much. Once at a time. */
  private count(): Promise<void> {
    this.counting ??= this.evict().finally(() => (this.counting = undefined));
    return this.counting;
  }

  private async evict(): Promise<void> {
    const kept = await this.list();
    let taken = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    if (taken > this.bound) {
      for (const { path, bytes } of kept.sort((x, y) => x.usedMs - y.usedMs)) {
        if (taken <= KEPT_SHARE * this.bound) break;
        // One that is being looked at stays, where the system does not let it go.
        if (await rm(path, { force: true }).then(() => true, () => false)) taken -= bytes;
      }
    }
    this.taken = taken;
  }

  private async list(): Promise<Kept[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(this.ending) && !isAside(entry.name));
    const kept = await Promise.all(files.map(async ({ parentPath, name }) => keptAt(join(parentPath, name))));
    return kept.filter((picture) => picture !== undefined);
  }
}

async function keptAt(path: string): Promise<Kept | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts && { path, bytes: facts.size, usedMs: facts.mtimeMs };
}
