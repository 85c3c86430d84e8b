/** Where a path really leads: links are followed before anybody judges by it. */
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, posix, win32 } from 'node:path';
import { UserError } from './errors.js';

type Platform = 'win32' | 'posix';
const here: Platform = process.platform === 'win32' ? 'win32' : 'posix';

/**
 * Whether a path means the same to everybody who reads it: absolute, no step back or in place, no sign that ends it early.
 * On Windows also none of its second ways of writing: device names, streams of a file, dots and spaces that are dropped.
 */
export function isPlainPath(path: string, platform: Platform = here): boolean {
  if (path.includes('\0')) return false;
  const steps = path.split(platform === 'win32' ? /[/\\]/ : '/');
  if (steps.some((step) => step === '..' || step === '.')) return false;
  return platform === 'posix' ? posix.isAbsolute(path) : isPlainOnWindows(path, steps);
}

function isPlainOnWindows(path: string, steps: readonly string[]): boolean {
  const beyondDrive = steps.slice(/^[A-Za-z]:$/.test(steps[0]) ? 1 : 0);
  return win32.isAbsolute(path) && !/^[/\\]{2}[.?]/.test(path) && beyondDrive.every((step) => !/[:]|[. ]$/.test(step));
}

/**
 * The place that a path leads to, whether something is there already or will be made there.
 * @throws UserError where that cannot be told: the path is not plain, a link leads to nothing, a folder may not be looked into.
 */
export async function realPlace(path: string): Promise<string> {
  if (!isPlainPath(path)) throw new UserError(`${JSON.stringify(path)} is not a plain path. Choose the place in the dialog.`);
  const missing: string[] = [];
  for (let place = path; ; place = dirname(place)) {
    try {
      return join(await realpath(place), ...missing);
    } catch (error) {
      if (!(await isAbsent(place, error))) throw new UserError(`${path} cannot be followed to where it lies (${codeOf(error)}). Choose another place.`, { cause: error });
      missing.unshift(basename(place));
    }
  }
}

/** Nothing is there, not even a link that leads nowhere: what is made there later lies where the name says. */
async function isAbsent(place: string, error: unknown): Promise<boolean> {
  if (codeOf(error) === 'ENOTDIR') return true;
  return codeOf(error) === 'ENOENT' && dirname(place) !== place && (await lstat(place).then(() => false, () => true));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
