/**
 * A walk through a folder of any depth: names only, no file is opened. Always the same order: a folder's files by
 * name, then its subfolders by name.
 */
import { isUtf8 } from 'node:buffer';
import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PhotoFault, type ExcludedFate } from './fault.js';
import { namedLikePicture } from '../../../shared/picture-names.js';
import { skippedFile, skippedFolder } from './skipped-names.js';
import { startFolders } from './subfolders.js';
import { unreadable } from './whole-file.js';

/** Something that the walk met: a file to be opened, or an item with its fate already. */
export type WalkItem = { path: string; excluded?: undefined } | { path: string; excluded: { fate: ExcludedFate; reason: string } };

export interface WalkOptions {
  /** Paths of the subfolders to walk, relative to the folder; all of it by default. */
  only?: readonly string[];
  signal?: AbortSignal;
}

/**
 * Walks a folder. Links are followed once: what they lead to is read where it is, if the walk comes there anyway.
 * @returns items with paths relative to `folder`, with `/` on every system
 * @throws UserError when the folder, or one of `only`, is not there
 */
export async function* walk(folder: string, { only, signal }: WalkOptions = {}): AsyncGenerator<WalkItem> {
  const starts = await startFolders(folder, only);
  const tour = new Tour(folder, await Promise.all(starts.map((start) => realpath(join(folder, start)))));
  // A stack of our own: the depth of a folder must not be limited by the depth of calls.
  const pending = starts.reverse();
  while (pending.length > 0) {
    signal?.throwIfAborted();
    const { items, subfolders } = await tour.visit(pending.pop()!);
    yield* items;
    // One by one: a call takes no hundred thousand arguments.
    for (const subfolder of subfolders.reverse()) pending.push(subfolder);
  }
}

interface Visit {
  items: WalkItem[];
  subfolders: string[];
}

/** What lies at the end of a name: a file, a folder to enter, or an item that is settled. */
type Found = 'file' | 'folder' | { fate: ExcludedFate; reason: string };

class Tour {
  /** Folders entered, by device and inode: no way through links or mounts leads into one twice. */
  private readonly entered = new Set<string>();

  /** @param starts Real paths of the folders in which the walk starts. */
  constructor(
    private readonly folder: string,
    private readonly starts: readonly string[],
  ) {}

  async visit(path: string): Promise<Visit> {
    const visit: Visit = { items: [], subfolders: [] };
    try {
      if (await this.isFirstVisit(path)) {
        for (const entry of await this.entries(path)) await this.meet(entry, path, visit);
      } else {
        visit.items.push({ path, excluded: { fate: 'skipped', reason: 'A folder that was read already by another way.' } });
      }
    } catch (error) {
      visit.items.push({ path: path || '.', excluded: excludedBy(error) });
    }
    return visit;
  }

  private async isFirstVisit(path: string): Promise<boolean> {
    const { dev, ino } = await stat(join(this.folder, path), { bigint: true });
    const key = `${dev}:${ino}`;
    if (this.entered.has(key)) return false;
    this.entered.add(key);
    return true;
  }

  /** Names as bytes, since not every name on a disk is text; sorted by them. */
  private async entries(path: string): Promise<Dirent<Buffer>[]> {
    const entries = await readdir(join(this.folder, path), { withFileTypes: true, encoding: 'buffer' });
    return entries.sort((one, other) => Buffer.compare(one.name, other.name));
  }

  private async meet(entry: Dirent<Buffer>, parent: string, { items, subfolders }: Visit): Promise<void> {
    const name = entry.name.toString('utf8');
    const path = parent === '' ? name : `${parent}/${name}`;
    const found = isUtf8(entry.name) ? await this.find(entry, name, path) : UNUSABLE_NAME;
    if (found === 'file') items.push({ path });
    else if (found !== 'folder') items.push({ path, excluded: found });
    else {
      subfolders.push(path);
      if (namedLikePicture(name)) items.push({ path, excluded: NAMED_LIKE_A_PICTURE });
    }
  }

  private async find(entry: Dirent<Buffer>, name: string, path: string): Promise<Found> {
    const skipped = entry.isDirectory() ? skippedFolder(name) : skippedFile(name);
    if (skipped !== undefined) return { fate: 'skipped', reason: skipped };
    if (entry.isSymbolicLink()) return this.follow(name, path);
    return kindOf(entry);
  }

  private async follow(name: string, path: string): Promise<Found> {
    try {
      const target = await realpath(join(this.folder, path));
      const found = kindOf(await stat(target));
      const skipped = found === 'folder' ? skippedFolder(name) : undefined;
      const reason = skipped ?? this.elsewhere(target, found);
      return reason === undefined ? found : { fate: 'skipped', reason };
    } catch (error) {
      return isMissing(error) ? DANGLING : excludedBy(error);
    }
  }

  /** Why a link's target is not read through the link, or undefined where it is. */
  private elsewhere(target: string, found: Found): string | undefined {
    for (const start of this.starts) {
      if (found === 'folder' && isBelow(start, target)) return 'A link back to a folder that is being read: following it would never end.';
      if (isBelow(target, start) && isReached(relative(start, target), found)) {
        return `A link to ${relative(start, target)}, which is read where it is.`;
      }
    }
    return undefined;
  }
}

const NAMED_LIKE_A_PICTURE = { fate: 'folder', reason: 'A folder named like a picture; the files in it are listed on their own.' } as const;
const UNUSABLE_NAME = { fate: 'unreadable', reason: 'Its name is no valid text (UTF-8); rename it.' } as const;
const DANGLING = { fate: 'unreadable', reason: 'A link to something that is not there.' } as const;
const NO_FILE = { fate: 'not-a-picture', reason: 'Not a file with content (a pipe, a socket or a device); it was not read.' } as const;

function kindOf(facts: Pick<Stats, 'isFile' | 'isDirectory'>): Found {
  if (facts.isDirectory()) return 'folder';
  return facts.isFile() ? 'file' : NO_FILE;
}

/** Whether `path` is `folder` or lies below it; both real paths. */
function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Whether the walk comes to a path without links: no step of it is skipped. */
function isReached(path: string, found: Found): boolean {
  const steps = path.split(sep);
  const last = steps.pop() ?? '';
  const lastIsSkipped = found === 'folder' ? skippedFolder(last) : skippedFile(last);
  return lastIsSkipped === undefined && steps.every((step) => skippedFolder(step) === undefined);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function excludedBy(error: unknown): { fate: ExcludedFate; reason: string } {
  const fault = unreadable(error);
  if (!(fault instanceof PhotoFault)) throw fault;
  return { fate: fault.fate, reason: fault.reason };
}
