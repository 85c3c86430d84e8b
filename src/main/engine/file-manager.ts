import open from 'open';
import { findDisplay } from '../core/doctor/programs.js';
import { UserError } from '../core/errors.js';

/** Opens a folder in the file manager. @throws UserError where the machine has no display. */
export async function inFileManager(path: string): Promise<string> {
  if (!findDisplay()) throw new UserError(`This machine has no display to open a folder on. It lies in ${path}`);
  (await open(path)).unref();
  return path;
}
