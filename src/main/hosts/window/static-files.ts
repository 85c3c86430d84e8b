import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Refused } from './refused.js';

/**
 * The file that a path of an address names within a folder. Links are followed first and judged by where they lead.
 * @param path Path of the address, percent-encoded, beginning with `/`.
 * @throws Refused where there is no such file, or it lies outside the folder.
 */
export async function fileWithin(folder: string, path: string): Promise<string> {
  const root = await realpath(folder);
  const file = await realpath(join(root, decoded(path))).catch(() => {
    throw new Refused(404, 'There is no such page.');
  });
  if (!file.startsWith(root + sep)) throw new Refused(403, 'That lies outside of what is served.');
  if (!(await stat(file)).isFile()) throw new Refused(404, 'There is no such page.');
  return file;
}

function decoded(path: string): string {
  try {
    const text = decodeURIComponent(path);
    if (!text.includes('\0')) return text;
  } catch {
    // Not an address that was made by encoding: refused below.
  }
  throw new Refused(400, 'The address cannot be read.');
}
