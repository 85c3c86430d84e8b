/** The list of photographs kept for test. */
import { readPathList } from '../photos/path-list.js';

/** @throws UserError when the file cannot be read. */
export async function readTestList(path: string): Promise<Set<string>> {
  return new Set(await readPathList(path, 'The test list', 'Check the path given as photos.testList.'));
}
