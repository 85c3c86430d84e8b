import { z } from 'zod';

/** Which weights of a run to take: the best by validation, the newest, or those of a step. */
export const checkpointChoice = z.union([z.enum(['best', 'newest']), z.int().nonnegative()]).default('best');

/** 1 the plain mean of the colours, towards 0 the likeliest one. */
export const TEMPERATURE = { lowest: 0.01, highest: 10 };
export const temperature = z.number().min(TEMPERATURE.lowest).max(TEMPERATURE.highest);

/** A file, and why it is listed, in plain words. */
export const pathReason = z.object({ path: z.string(), reason: z.string() });
