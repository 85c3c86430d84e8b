import trash from 'trash';
import { UserError } from '../core/errors.js';

/** Moves a folder to the trash of the system. @returns Where it can be fetched back from, in words. @throws UserError where that fails. */
export async function toTrash(path: string): Promise<string> {
  await trash(path, { glob: false }).catch((error: unknown) => {
    throw new UserError(`${path} could not be moved to the trash (${(error as Error).message}). Nothing was deleted.`, { cause: error });
  });
  return 'the trash of the system';
}
