/** How the pictures of an epoch are divided into steps. */

/**
 * First and end index of every batch. A last picture that would be alone joins the batch before: one picture has no spread to
 * normalize by.
 */
export function batchRanges(count: number, batch: number): [from: number, to: number][] {
  const steps = Math.ceil(count / batch) - (batch > 1 && count > batch && count % batch === 1 ? 1 : 0);
  return Array.from({ length: steps }, (_, k) => [k * batch, k < steps - 1 ? (k + 1) * batch : count]);
}
