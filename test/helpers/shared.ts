import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The folder of sample photographs and reference programs beside the checkout; not part of the project. */
const sharedFolder = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Whether that folder is there; tests that need it say `describe.skipIf(!hasShared)`. */
export const hasShared = existsSync(join(sharedFolder, 'data'));

/** @param path Relative to the shared folder: `data/awkward`. */
export function sharedPath(path: string): string {
  return join(sharedFolder, path);
}
