/**
 * Looks through a folder of photographs: what each file is, which are used, and how their colours are distributed.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ColourHistogram, type ColourCounts } from '../../../shared/colour/histogram.js';
import type { JobContext } from '../job.js';
import { Pace } from '../pace.js';
import { ContentCache } from '../statistics/content-cache.js';
import { countColours } from '../statistics/count-colours.js';
import { contentIdOf } from './content-id.js';
import { contentFacts, FACTS_VERSION, type ContentFacts } from './content-facts.js';
import { Counters } from './counters.js';
import { decodePhoto } from './decode.js';
import { FATES, PhotoFault, type ExcludedFate, type Fate } from './fault.js';
import { inOrder } from './in-order.js';
import { PhotoReader, type Sighting } from './photo-reader.js';
import { walk, type WalkItem } from './walk.js';
import { readWhole } from './whole-file.js';

/** A photograph that is used. */
export interface PhotoEntry {
  /** Relative to the folder, with `/` on every system. */
  path: string;
  /** Size of the file. */
  bytes: number;
  mtimeMs: number;
  /** Upright. */
  width: number;
  height: number;
  /** SHA-256 of the file's bytes, hex. */
  contentId: string;
  /** Something worth saying about it, in a sentence. */
  note?: string;
}

/** A file, or a folder that was not entered, that is not used, and why. */
export interface ExcludedItem {
  path: string;
  fate: ExcludedFate;
  reason: string;
  /** Of a duplicate: path of the photograph that is used in its place. */
  twin?: string;
}

export interface ScanOptions {
  /** Subfolders to read, relative to the folder; all of it by default. */
  only?: readonly string[];
  context: JobContext;
}

/**
 * Looks through a folder. What was found out before, in any folder, is not found out again.
 * @throws UserError when the folder or one of `only` is not there; the signal's reason when stopped
 */
export async function scanFolder(folder: string, { only, context }: ScanOptions): Promise<FolderScan> {
  const cache = openPhotoCache(context);
  try {
    const items = await listed(folder, only, context);
    return new FolderScan(folder, await takeStock(folder, items, cache, context), cache);
  } catch (error) {
    await cache.close();
    throw error;
  }
}

async function takeStock(folder: string, items: readonly WalkItem[], cache: PhotoCache, { signal, progress }: JobContext): Promise<Inventory> {
  const inventory = new Inventory();
  const counters = new Counters(items.length);
  const reader = new PhotoReader(folder, cache, (pixels, header) => counters.look(pixels, header), signal);
  const pace = new Pace({ phase: 'Reading photographs', unit: 'files', total: items.length });
  try {
    for await (const sighting of inOrder(items, FILES_AHEAD, (item) => reader.look(item), signal)) {
      inventory.settle(sighting);
      progress.progress(pace.step());
    }
    return inventory;
  } finally {
    await counters.close();
  }
}

/** Files begun before the first of them is done: enough to keep every thread decoding while results are counted. */
const FILES_AHEAD = 16;

export type PhotoCache = ContentCache<ContentFacts>;

function openPhotoCache({ progress }: JobContext): PhotoCache {
  return new ContentCache({ version: FACTS_VERSION, facts: contentFacts, note: (message) => progress.note(message, 'warning') });
}

async function listed(folder: string, only: readonly string[] | undefined, { signal, progress }: JobContext): Promise<WalkItem[]> {
  const items: WalkItem[] = [];
  for await (const item of walk(folder, { only, signal })) {
    items.push(item);
    if (items.length % 100 === 1) progress.progress({ phase: 'Listing the folder', done: items.length, unit: 'files' });
  }
  return items;
}

/** Takes sightings in the order of the walk and gives each its fate. */
class Inventory {
  readonly photos: PhotoEntry[] = [];
  readonly excluded: ExcludedItem[] = [];
  readonly histogram = new ColourHistogram();
  /** Path of the first photograph with these pixels. */
  private readonly firstWith = new Map<string, string>();

  settle({ path, file, facts, counts }: Sighting): void {
    if (!facts.usable) {
      this.excluded.push({ path, fate: facts.fate, reason: facts.reason });
      return;
    }
    const first = this.firstWith.get(facts.pixelsId);
    if (first !== undefined) {
      this.excluded.push({ path, fate: 'duplicate', reason: `The same picture as ${first}.`, twin: first });
      return;
    }
    this.firstWith.set(facts.pixelsId, path);
    const { width, height, note } = facts;
    this.photos.push({ path, ...file!, width, height, ...(note === undefined ? {} : { note }) });
    this.histogram.add(counts!);
  }
}

/** What a folder holds. Keeps the cache open for `countsOf`; close it when done. */
export class FolderScan {
  /** In the order of the walk. */
  readonly photos: readonly PhotoEntry[];
  readonly excluded: readonly ExcludedItem[];
  /** Items by fate; they add up to everything that the walk met. */
  readonly counts: Readonly<Record<Fate, number>>;
  /** Colours of the used photographs, every pixel of them. */
  readonly histogram: ColourHistogram;
  /** Identifies this set of photographs, whatever they are called: SHA-256 over their sorted content ids, hex. */
  readonly fingerprint: string;

  constructor(
    readonly folder: string,
    { photos, excluded, histogram }: Inventory,
    private readonly cache: PhotoCache,
  ) {
    this.photos = photos;
    this.excluded = excluded;
    this.histogram = histogram;
    this.counts = countFates(photos.length, excluded);
    this.fingerprint = fingerprintOf(photos);
  }

  /**
   * Colours of one of the photographs.
   * @throws PhotoFault when it is not in the cache any more and the file has changed or is gone
   */
  async countsOf(photo: PhotoEntry): Promise<ColourCounts> {
    return this.cache.counts(photo.contentId) ?? this.recount(photo);
  }

  private async recount({ path, contentId }: PhotoEntry): Promise<ColourCounts> {
    const { bytes } = await readWhole(join(this.folder, path));
    if (contentIdOf(bytes) !== contentId) throw new PhotoFault('unreadable', `${path} has changed since the folder was read; read it again.`);
    return countColours((await decodePhoto(bytes)).data);
  }

  /** Lets go of the cache; everything but `countsOf` goes on working. */
  async close(): Promise<void> {
    await this.cache.close();
  }
}

/** Files by fate. */
export function countFates(used: number, excluded: readonly { fate: ExcludedFate }[]): Record<Fate, number> {
  const counts = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>;
  counts.used = used;
  for (const { fate } of excluded) counts[fate]++;
  return counts;
}

/** Of a set of photographs: SHA-256 over their sorted content ids, hex. */
export function fingerprintOf(photos: readonly { contentId: string }[]): string {
  return createHash('sha256').update(photos.map(({ contentId }) => contentId).sort().join('')).digest('hex');
}
