import { readFile } from 'node:fs/promises';

/** Text of a file of the system that only some platforms have; undefined where it is not. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
