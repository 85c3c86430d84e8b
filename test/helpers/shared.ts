import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe } from 'vitest';
import { SAMPLES_MARK } from '../../scripts/test/tally.mjs';

/** The folder of sample photographs and reference programs beside the checkout; not part of the project. */
const sharedFolder = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Whether that folder is there; tests that need it stand in `describeWithSamples`. */
export const hasShared = existsSync(join(sharedFolder, 'data'));

/** @param path Relative to the shared folder: `data/awkward`. */
export function sharedPath(path: string): string {
  return join(sharedFolder, path);
}

/** Tests that need that folder: skipped where it is absent, and marked in their title, so that no other skip passes for one of these. */
export function describeWithSamples(title: string, tests: () => void): void {
  describe.skipIf(!hasShared)(`${title}${SAMPLES_MARK}`, tests);
}
