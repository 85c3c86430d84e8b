/** A folder as a chooser shows it. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { FILE_ENDINGS, type ChoiceKind } from '../../shared/contract/choice.js';
import { FOLDER_NAME } from '../../shared/contract/folder-name.js';
import type { FolderEntry, FolderListing } from '../../shared/contract/requests/places.js';
import { UserError } from './errors.js';
import { writeFault } from './files.js';
import { namedLikePicture } from '../../shared/picture-names.js';

export interface ListingOptions {
  /** Absolute; the home folder where absent. A file stands for its folder. */
  path?: string;
  kind: ChoiceKind;
  /** Also what begins with a dot. */
  hidden: boolean;
}

/** Entries of one listing: it stays below a few megabytes. */
const MOST_ENTRIES = 60_000;
const byName = new Intl.Collator('en', { numeric: true });

/** @throws UserError when it cannot be listed. */
export async function listFolder({ path = homedir(), kind, hidden }: ListingOptions): Promise<FolderListing> {
  const asked = resolve(path);
  const isFile = await stat(asked).then((found) => found.isFile(), () => false);
  const folder = isFile ? dirname(asked) : asked;
  const shown = (await entriesOf(folder)).filter(({ name }) => hidden || !name.startsWith('.'));
  const kinds = await Promise.all(shown.map((entry) => kindOf(folder, entry, kind)));
  const named = (wanted: readonly string[]) => shown.flatMap(({ name }, k) => (wanted.includes(kinds[k] as string) ? [{ name, kind: kinds[k] } as FolderEntry] : []));
  const pictures = named(['picture']);
  const entries = [...sorted(named(['folder', 'run'])), ...(kind === 'photographs' ? sorted(pictures) : []), ...sorted(named(['file']))];
  const parent = dirname(folder);
  return {
    path: folder,
    ...(parent === folder ? {} : { parent }),
    separator: sep,
    entries: entries.slice(0, MOST_ENTRIES),
    more: Math.max(0, entries.length - MOST_ENTRIES),
    pictures: pictures.length,
    ...(isFile ? { named: basename(asked) } : {}),
  };
}

/**
 * Makes a folder that is not there yet.
 * @returns Its path.
 * @throws UserError where the name is none for a folder, is taken, or the folder cannot be made.
 */
export async function makeFolder(parent: string, name: string): Promise<string> {
  if (!FOLDER_NAME.test(name)) throw new UserError(`“${name}” cannot be a folder’s name. Leave out / \\ : * ? " < > | and dots at its ends.`);
  const path = join(resolve(parent), name);
  if (existsSync(path)) throw new UserError(`${name} is there already. Choose it, or another name.`);
  await mkdir(path).catch((error: unknown) => {
    throw writeFault(path, error);
  });
  return path;
}

function sorted(entries: FolderEntry[]): FolderEntry[] {
  return entries.sort((x, y) => byName.compare(x.name, y.name));
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${folder} cannot be opened (${REASONS[error.code ?? ''] ?? error.code}). Choose another folder.`, { cause: error });
  });
}

/** Links count as what they lead to; undefined for what a chooser does not show. */
async function kindOf(folder: string, entry: Dirent, wanted: ChoiceKind): Promise<FolderEntry['kind'] | undefined> {
  const path = join(folder, entry.name);
  const found = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
  if (found?.isDirectory()) return isRun(path, wanted) ? 'run' : 'folder';
  if (!found?.isFile()) return undefined;
  if (FILE_ENDINGS[wanted]?.some((ending) => entry.name.toLowerCase().endsWith(`.${ending}`))) return 'file';
  return namedLikePicture(entry.name) ? 'picture' : undefined;
}

/** Files that make a folder a run, where runs are asked for. */
const RUN_MARKS: Partial<Record<ChoiceKind, string>> = { run: 'run.json', lab: 'lab.json' };

function isRun(path: string, wanted: ChoiceKind): boolean {
  const mark = RUN_MARKS[wanted];
  return mark !== undefined && existsSync(join(path, mark));
}

const REASONS: Record<string, string> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'it is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};
