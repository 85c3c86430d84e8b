/** A list of photographs kept for test: one path a line, relative to the folder; empty lines and those that begin with # count for nothing. */
import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';

/** @throws UserError when the file cannot be read. */
export async function readTestList(path: string): Promise<Set<string>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(`The test list ${path} cannot be read (${cause.code ?? cause.message}). Check the path given as photos.testList.`, { cause });
  });
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.trim().replaceAll('\\', '/').replace(/^\.\//, ''));
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('#')));
}
