/** A training whose loss is not a number any more. */
import { z } from 'zod';

export const divergenceSchema = z.object({
  /** The first step whose loss was not a number. */
  step: z.int().nonnegative(),
  /** What most likely caused it and what to try, in a sentence or two. */
  cause: z.string(),
});
export type Divergence = z.infer<typeof divergenceSchema>;

/** The rate a person should try next: a tenth, with two digits. */
export function lowerRate(rate: number): number {
  return Number((rate / 10).toPrecision(2));
}
