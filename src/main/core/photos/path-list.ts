/**
 * A list of photographs in a text file: one path a line, relative to their folder. Empty lines and lines that begin with #
 * do not count. On Windows both slashes part folders; elsewhere a backslash is a letter of a name.
 */
import { readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { UserError } from '../errors.js';

/**
 * @param path The list.
 * @param name What the list is called where it cannot be read, "the list" for example. @param advice What helps then.
 * @returns paths with `/` on every system, each once, in the order of the list
 * @throws UserError when the file cannot be read
 */
export async function readPathList(path: string, name: string, advice: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(`${name} ${path} cannot be read (${cause.code ?? cause.message}). ${advice}`, { cause });
  });
  return pathsIn(text, sep);
}

/** @param separator The system's own, `/` or `\`. */
export function pathsIn(text: string, separator: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.trim());
  const paths = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return [...new Set(paths.map((path) => path.replaceAll(separator, '/').replace(/^\.\//, '')))];
}
