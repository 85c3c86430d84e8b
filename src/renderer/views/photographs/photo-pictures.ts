import type { CatalogueFile } from '../../../shared/contract/catalogue.js';
import { door } from '../../api/door.js';

/** Fates of files that are pictures all the same. */
const PICTURES = ['gray', 'too-small', 'duplicate'];

/** Whether there is a picture to show of a file. */
export function hasPicture(file: CatalogueFile): boolean {
  return file.kind === 'photograph' || PICTURES.includes(file.fate);
}

/** Address of a file's thumbnail. The address names the content, or the look through the folder: what is kept is never another picture. */
export function thumbnailUrl(catalogue: string, file: CatalogueFile, version: string): string {
  if (file.kind === 'photograph') return door.pictureUrl(`thumbnail/${catalogue}/${file.index}?${file.contentId.slice(0, 12)}`);
  return door.pictureUrl(`excluded/${catalogue}/${file.index}?${version.slice(0, 12)}`);
}

/** Address of a photograph's large view. */
export function viewUrl(catalogue: string, file: CatalogueFile & { kind: 'photograph' }): string {
  return door.pictureUrl(`photograph/${catalogue}/${file.index}?${file.contentId.slice(0, 12)}`);
}
