/**
 * The folders in which a walk starts: the opened one, or those below it that were asked for.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { unreadable } from './whole-file.js';

/** So many names are told when one is unknown. */
const NAMES_TOLD = 20;

/**
 * @param only Paths of folders below `folder`; absent or empty means all of it.
 * @returns Paths relative to `folder` with `/`, '' for itself; none lies within another; sorted.
 * @throws UserError when a folder is not there; it names those that are.
 */
export async function startFolders(folder: string, only: readonly string[] = []): Promise<string[]> {
  await checkFolder(folder);
  if (only.length === 0) return [''];
  const wanted = [...new Set(only.map((name) => relativePath(folder, name)))].sort();
  for (const path of wanted) await checkSubfolder(folder, path);
  return wanted.filter((path) => !wanted.some((other) => path !== other && isWithin(path, other)));
}

function isWithin(path: string, other: string): boolean {
  return other === '' || path.startsWith(`${other}/`);
}

async function checkFolder(folder: string): Promise<void> {
  const facts = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UserError(`There is no folder ${folder}. Check the path.`);
    const fault = unreadable(error);
    throw new UserError(`The folder ${folder} cannot be opened. ${fault instanceof Error ? fault.message : ''}`, { cause: error });
  });
  if (!facts.isDirectory()) throw new UserError(`${folder} is a file, not a folder. Give the folder that holds the photographs.`);
}

function relativePath(folder: string, name: string): string {
  const steps = name.split(/[/\\]/).filter((step) => step !== '' && step !== '.');
  if (steps.includes('..') || /^([/\\]|[a-z]:)/i.test(name)) {
    throw new UserError(`"${name}" is no subfolder: give its path from within ${folder}.`);
  }
  return steps.join('/');
}

async function checkSubfolder(folder: string, path: string): Promise<void> {
  const facts = await stat(join(folder, path)).catch(() => undefined);
  if (facts?.isDirectory()) return;
  throw new UserError(`"${path}" is no subfolder of ${folder}. ${await namesThere(folder)}`);
}

async function namesThere(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name).sort();
  if (names.length === 0) return 'It has no subfolders.';
  const more = names.length > NAMES_TOLD ? ` and ${names.length - NAMES_TOLD} more` : '';
  return `It has ${names.slice(0, NAMES_TOLD).join(', ')}${more}.`;
}
