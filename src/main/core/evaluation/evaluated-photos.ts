/**
 * The photographs that an evaluation looks at: all of a folder, those that a list names, or those given by name.
 */
import type { SplitPhoto } from '../../../shared/run/files.js';
import type { PathReason } from '../colorizing/path-reason.js';
import { readPathList } from '../photos/path-list.js';
import { walk } from '../photos/walk.js';

export interface PhotoChoice {
  folder: string;
  /** File that names the photographs to look at, one path a line, relative to the folder; see readPathList. */
  list?: string;
  /** The photographs to look at, as a run knows them. Without them and without a list: all of the folder. */
  photos?: readonly Pick<SplitPhoto, 'path' | 'contentId'>[];
}

export interface EvaluatedPhotos {
  /** Relative to the folder. */
  paths: string[];
  /** What the folder holds besides. */
  excluded: PathReason[];
}

/**
 * Whether named photographs are there shows when they are read.
 * @throws UserError when the folder or the list is not there
 */
export async function evaluatedPhotos({ folder, list, photos: known }: PhotoChoice, signal: AbortSignal): Promise<EvaluatedPhotos> {
  if (known !== undefined) return { paths: known.map(({ path }) => path), excluded: [] };
  if (list !== undefined) return { paths: await readPathList(list, 'The list', 'Check its path.'), excluded: [] };
  const photos: EvaluatedPhotos = { paths: [], excluded: [] };
  for await (const { path, excluded } of walk(folder, { signal })) {
    if (excluded === undefined) photos.paths.push(path);
    else if (excluded.fate !== 'skipped') photos.excluded.push({ path, reason: excluded.reason });
  }
  return photos;
}

/** What a person would look into for the names: the list, else the folder. */
export function sourceOf({ folder, list }: PhotoChoice): string {
  return list ?? folder;
}
