import { z } from 'zod';

/** The bytes of a file, as they cross a channel between processes. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');
