/** Text files that somebody else may have written: never more of them in memory than such a file can mean. */
import { open } from 'node:fs/promises';
import { bytes } from '../../shared/words/words.js';
import { UserError } from './errors.js';

/**
 * The text of a file.
 * @param most Bytes that it may hold.
 * @throws UserError when it holds more, or is no file. Errors of the file system as they come: ENOENT where there is none.
 */
export async function boundedText(path: string, most: number): Promise<string> {
  const file = await open(path);
  try {
    const about = await file.stat();
    if (!about.isFile()) throw new UserError(`${path} is no file. Give the path of a file.`);
    // What grows while it is read is cut where it was.
    if (about.size > most) throw new UserError(`${path} holds ${bytes(about.size)}, more than such a file can (${bytes(most)}). Restore it from a copy, or give another one.`);
    const buffer = Buffer.alloc(about.size);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < buffer.length; filled += read) ({ bytesRead: read } = await file.read(buffer, filled, buffer.length - filled, filled));
    return buffer.toString('utf8', 0, filled);
  } finally {
    await file.close();
  }
}
