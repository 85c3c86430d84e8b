/**
 * From a network's answer to colours: the annealed mean (Zhang et al. 2016, eq. 5). This is the reference; a colorizer's
 * graph does the same natively.
 */
import type { BinSet } from './bins.js';

/**
 * Mean of the bin colours under softmax(z / T): T = 1 the plain mean, 0.38 the paper's, T -> 0 the colour of the likeliest bin.
 * @param logits Float32Array [n, Q], finite
 * @param temperature T of 0 or more; 0 takes the likeliest bin (the first of equals)
 * @param outAb Float32Array [n, 2], filled and returned
 * @throws {RangeError} when the temperature is below 0 or the lengths do not fit
 */
export function annealedMean(
  logits: Float32Array,
  bins: Pick<BinSet, 'Q' | 'a' | 'b'>,
  temperature: number,
  outAb: Float32Array = new Float32Array((logits.length / bins.Q) * 2),
): Float32Array {
  if (!(temperature >= 0)) throw new RangeError(`the temperature must be 0 or more, not ${temperature}`);
  const n = logits.length / bins.Q;
  if (!Number.isInteger(n) || outAb.length !== n * 2) {
    throw new RangeError(`${logits.length} logits and ${outAb.length} results do not fit ${bins.Q} bins`);
  }
  for (let i = 0; i < n; i++) {
    const row = logits.subarray(i * bins.Q, (i + 1) * bins.Q);
    const [a, b] = temperature === 0 ? mode(row, bins) : meanOf(row, bins, temperature);
    outAb[2 * i] = a;
    outAb[2 * i + 1] = b;
  }
  return outAb;
}

/**
 * softmax(z / T) of one place: how likely each bin is there.
 * @param logits Float32Array [Q], finite
 * @param temperature above 0; 1 for what the network predicts
 * @returns Float64Array [Q], sums to 1
 * @throws {RangeError} when the temperature is not above 0
 */
export function annealedShares(logits: Float32Array, temperature: number): Float64Array {
  if (!(temperature > 0)) throw new RangeError(`the temperature must be above 0, not ${temperature}`);
  const top = highest(logits);
  const shares = Float64Array.from(logits, (z) => Math.exp((z - top) / temperature));
  const sum = shares.reduce((total, e) => total + e, 0);
  return shares.map((e) => e / sum);
}

type Colours = Pick<BinSet, 'a' | 'b'>;

function mode(logits: Float32Array, { a, b }: Colours): [number, number] {
  const best = logits.indexOf(highest(logits));
  return [a[best], b[best]];
}

/** The highest logit is taken off first: no exponential overflows, however small the temperature. */
function meanOf(logits: Float32Array, { a, b }: Colours, temperature: number): [number, number] {
  const top = highest(logits);
  let sum = 0;
  let sumA = 0;
  let sumB = 0;
  for (let q = 0; q < logits.length; q++) {
    const e = Math.exp((logits[q] - top) / temperature);
    sum += e;
    sumA += e * a[q];
    sumB += e * b[q];
  }
  return [sumA / sum, sumB / sum];
}

function highest(values: Float32Array): number {
  let top = -Infinity;
  for (let k = 0; k < values.length; k++) if (values[k] > top) top = values[k];
  return top;
}
