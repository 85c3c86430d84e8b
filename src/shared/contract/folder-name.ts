import { z } from 'zod';

/** A name for a folder on every system. */
export const folderName = z.string().trim().min(1).max(80).regex(/^[^/\\:*?"<>|.][^/\\:*?"<>|]*$/, 'expected a name without / \\ : * ? " < > | and without a dot at its start');
