/** Trees of files: listed, and placed elsewhere, without a second copy of their content where the file system allows. */
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/**
 * @param {string} root
 * @returns {Promise<{ path: string, bytes: number }[]>} Files below root; paths relative, with `/`.
 */
export async function listFiles(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ path: relative(root, file).split(sep).join('/'), bytes: (await stat(file)).size })));
}

/**
 * @param {string} root
 * @returns {Promise<number>} What its files take; 0 while they come and go too fast to be counted.
 */
export async function bytesIn(root) {
  const files = await listFiles(root).catch(() => []);
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Replaces the folder `to` by the tree `from`, file by file: a hard link, else (another disk) a copy. Either outlives `from`.
 * @param {string} from
 * @param {string} to
 * @param {(path: string) => boolean} [isWanted] Asked of each file, relative to `from`, with `/`.
 */
export async function placeTree(from, to, isWanted = () => true) {
  await rm(to, { recursive: true, force: true });
  for (const { path } of await listFiles(from)) {
    if (!isWanted(path)) continue;
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true });
    await placeFile(join(from, path), target);
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
async function placeFile(from, to) {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}
