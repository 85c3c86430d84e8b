/** The colours that are worth offering for a place: likely ones that differ. */

/** ab units within which two colours are nearly one. */
const APART = 15;

/**
 * Bins by how likely they are, without those that lie near a likelier one.
 * @param shares how likely each bin is
 * @returns numbers of at most `count` bins, the likeliest first
 */
export function offeredBins(shares: readonly number[], bins: readonly { a: number; b: number }[], count: number): number[] {
  const offered: number[] = [];
  for (const q of [...bins.keys()].sort((one, other) => shares[other] - shares[one])) {
    if (offered.length === count) break;
    if (offered.every((chosen) => Math.hypot(bins[chosen].a - bins[q].a, bins[chosen].b - bins[q].b) >= APART)) offered.push(q);
  }
  return offered;
}
