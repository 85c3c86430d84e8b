/** Where the program itself lies: package.json, out/ and resources/ are in it, in a checkout and in a package. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROGRAM_FOLDER = resolve(fileURLToPath(new URL('../../../', import.meta.url)));

let version: string | undefined;

/** Of the program: `0.1.0`. */
export function programVersion(): string {
  version ??= (JSON.parse(readFileSync(join(PROGRAM_FOLDER, 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}
