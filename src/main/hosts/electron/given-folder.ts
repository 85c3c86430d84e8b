import { resolve } from 'node:path';

/**
 * The folder named on a command line.
 * @param words The command line after the program and, in a checkout, its script.
 * @param from Folder that a relative path starts from.
 */
export function givenFolder(words: readonly string[], from: string): string | undefined {
  const named = words.find((word) => word !== '' && !word.startsWith('-'));
  return named === undefined ? undefined : resolve(from, named);
}
