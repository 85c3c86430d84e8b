import { z } from 'zod';

const ABSOLUTE = /^(\/|[A-Za-z]:[\\/]|\\\\)/;

/** A place on disk. Relative paths are the host's to resolve: the engine may stand in another folder. */
export const absolutePath = z.string().regex(ABSOLUTE, 'expected an absolute path');
