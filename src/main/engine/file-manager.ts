import open from 'open';
import { UserError } from '../core/errors.js';

/** Opens a folder in the file manager. @throws UserError where the machine has no display. */
export async function inFileManager(path: string): Promise<string> {
  const { platform, env } = process;
  if (platform !== 'win32' && platform !== 'darwin' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    throw new UserError(`This machine has no display to open a folder on. It lies in ${path}`);
  }
  (await open(path)).unref();
  return path;
}
