/**
 * The photographs that an evaluation looks at: all of a folder, or those that a list names.
 */
import type { PathReason } from '../colorizing/path-reason.js';
import { readPathList } from '../photos/path-list.js';
import { walk } from '../photos/walk.js';

export interface EvaluatedPhotos {
  /** Relative to the folder. */
  paths: string[];
  /** What the folder holds besides. */
  excluded: PathReason[];
}

/**
 * @param list file that names them, see readPathList. Whether the listed files are there shows when they are read.
 * @throws UserError when the folder or the list is not there
 */
export async function evaluatedPhotos(folder: string, list: string | undefined, signal: AbortSignal): Promise<EvaluatedPhotos> {
  if (list !== undefined) return { paths: await readPathList(list, 'The list', 'Check its path.'), excluded: [] };
  const photos: EvaluatedPhotos = { paths: [], excluded: [] };
  for await (const { path, excluded } of walk(folder, { signal })) {
    if (excluded === undefined) photos.paths.push(path);
    else if (excluded.fate !== 'skipped') photos.excluded.push({ path, reason: excluded.reason });
  }
  return photos;
}
