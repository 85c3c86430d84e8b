/** Contents by name: SHA-256 of a file's bytes, hex, wherever the file lies and whatever it is called. */
import { createHash } from 'node:crypto';
import { PhotoFault } from './fault.js';

export function contentIdOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param contentId As the run has it. @throws PhotoFault where another file has come in the place of a run's photograph. */
export function demandContent(bytes: Uint8Array, contentId: string): void {
  if (contentIdOf(bytes) !== contentId) throw new PhotoFault('unreadable', 'The file is not the one that the run was begun with.');
}
