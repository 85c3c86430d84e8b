/**
 * The photographs that an evaluation looks at: all of a folder, or those that a list names.
 */
import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';
import type { PathReason } from '../colorizing/path-reason.js';
import { walk } from '../photos/walk.js';

export interface EvaluatedPhotos {
  /** Relative to the folder. */
  paths: string[];
  /** What the folder holds besides. */
  excluded: PathReason[];
}

/**
 * @param list file with one path a line, relative to the folder; empty lines and lines that begin with # do not count.
 *   Whether the listed files are there shows when they are read.
 * @throws UserError when the folder or the list is not there
 */
export async function evaluatedPhotos(folder: string, list: string | undefined, signal: AbortSignal): Promise<EvaluatedPhotos> {
  if (list !== undefined) return { paths: await listedPaths(list), excluded: [] };
  const photos: EvaluatedPhotos = { paths: [], excluded: [] };
  for await (const { path, excluded } of walk(folder, { signal })) {
    if (excluded === undefined) photos.paths.push(path);
    else if (excluded.fate !== 'skipped') photos.excluded.push({ path, reason: excluded.reason });
  }
  return photos;
}

async function listedPaths(list: string): Promise<string[]> {
  const text = await readFile(list, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(`The list ${list} cannot be read (${cause.code ?? cause.message}). Check its path.`, { cause });
  });
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.trim().replaceAll('\\', '/').replace(/^\.\//, ''));
  return [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))];
}
