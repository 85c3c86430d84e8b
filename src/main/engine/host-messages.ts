/** What crosses the channel between a window host and the engine's process: the words of the wire, and a few of their own. */
import { z } from 'zod';
import { fromWindowSchema, toWindowSchema } from '../../shared/contract/wire.js';
import { pictureSchema } from './picture-desk.js';

const id = z.int().nonnegative();
/** Characters; no name that the engine hands out is as long. */
export const MOST_PICTURE_NAME = 200;

export const fromHostSchema = z.discriminatedUnion('type', [
  fromWindowSchema,
  /** A picture by name; only hosts learn where its file lies. */
  z.strictObject({ type: z.literal('picture'), id, name: z.string().max(MOST_PICTURE_NAME) }),
  /** Paths that a person chose outside of the window. */
  z.strictObject({ type: z.literal('grant'), id, paths: z.array(z.string()), passing: z.boolean() }),
  /** End all jobs, with time to put their work away, and leave. */
  z.strictObject({ type: z.literal('close') }),
]);
export type FromHost = z.infer<typeof fromHostSchema>;

export const toHostSchema = z.discriminatedUnion('type', [
  ...toWindowSchema.options,
  z.object({ type: z.literal('granted'), id }),
  z.object({ type: z.literal('picture'), id, picture: pictureSchema.nullable() }),
]);
export type ToHost = z.infer<typeof toHostSchema>;
