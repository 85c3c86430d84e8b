/** What was dragged onto the page, read through the browser's own view of it: contents and names, never places. */
import { namedLikePicture } from '../../shared/picture-names.js';

export interface DroppedItem {
  /** Path within the drop, with `/`; a folder's files begin with the folder's name. */
  path: string;
  file: File;
}

export interface DroppedItems {
  files: DroppedItem[];
  /** Names of folders that were dropped. */
  folders: string[];
  /** More files than are read. */
  tooMany: boolean;
  /** Files that are not wanted. */
  others: number;
}

/** Entries looked at in a dropped folder. */
const MOST_ENTRIES = 5_000;

/**
 * Must be called while the drop is being told: afterwards a browser forgets it.
 * @param most Files that are read. @param accepts Whether a file of that name is wanted.
 */
export function droppedItems(transfer: DataTransfer, most: number, accepts = namedLikePicture): Promise<DroppedItems> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return read(entries, most, accepts);
}

async function read(entries: FileSystemEntry[], most: number, accepts: (name: string) => boolean): Promise<DroppedItems> {
  const found: DroppedItems = { files: [], folders: entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name), tooMany: false, others: 0 };
  const pending = [...entries];
  for (let looked = 0; pending.length && !found.tooMany; looked++) {
    const entry = pending.shift() as FileSystemEntry;
    if (entry.isDirectory) pending.push(...await inside(entry as FileSystemDirectoryEntry));
    else if (!accepts(entry.name)) found.others += 1;
    else if (found.files.length >= most) found.tooMany = true;
    else found.files.push({ path: entry.fullPath.replace(/^\/+/, ''), file: await fileOf(entry as FileSystemFileEntry) });
    if (looked > MOST_ENTRIES) found.tooMany = true;
  }
  return found;
}

/** A folder is told in portions; an empty one is the end. */
async function inside(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (!portion.length || all.length > MOST_ENTRIES) return all.filter(({ name }) => !name.startsWith('.'));
    all.push(...portion);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
