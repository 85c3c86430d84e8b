/** A folder as a chooser shows it. */
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { FolderListing } from '../../shared/contract/requests/places.js';
import { UserError } from './errors.js';

const PICTURE = /\.(jpe?g|png|webp|tiff?|gif|avif|heic|bmp)$/i;

/**
 * @param path Absolute; the home folder where absent.
 * @throws UserError when it cannot be listed.
 */
export async function listFolder(path = homedir()): Promise<FolderListing> {
  const folder = resolve(path);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${folder} cannot be opened (${REASONS[error.code ?? ''] ?? error.code}). Choose another folder.`, { cause: error });
  });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const folders = shown.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => ({ name, path: join(folder, name) }));
  const parent = dirname(folder);
  return {
    path: folder,
    ...(parent === folder ? {} : { parent }),
    folders: folders.filter(({ name }) => !PICTURE.test(name)).sort((x, y) => x.name.localeCompare(y.name, 'en', { numeric: true })),
    pictures: shown.filter((entry) => entry.isFile() && PICTURE.test(entry.name)).length,
  };
}

const REASONS: Record<string, string> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'it is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};
