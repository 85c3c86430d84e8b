/** How well a network does on photographs that it does not learn from. */
import { ColourAccuracy } from '../../../shared/colour/metrics.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { bestTemperature, TRIED_TEMPERATURES } from '../../../shared/run/temperature.js';
import type { Network } from '../runs/network.js';
import { gridSide, type Batch } from './batch.js';
import type { BatchSource } from './batch-source.js';

export type ValidationResult = Required<NonNullable<MetricsLine['validation']>>;

/** Memory that the scores of one call may take. */
const SCORE_BYTES = 32 * 2 ** 20;

export class Validation {
  private readonly side: number;
  private readonly together: number;

  /**
   * @param patch Side of the training pieces; validation squares are larger by what the network loses at the border, ...
   * @param shortest ... but fit into the photographs: their shortest side as they are seen.
   * @param photos Number of validation photographs.
   */
  constructor(
    private readonly network: Network,
    private readonly source: BatchSource,
    { patch, shortest }: { patch: number; shortest: number },
    private readonly photos: number,
  ) {
    ({ side: this.side, together: this.together } = validationSquares(network.graph, network.Q, { patch, shortest }));
  }

  /** Looks at the middle of every validation photograph, with the colours at the temperature that suits them best; undefined where none can be read. */
  async run(): Promise<ValidationResult | undefined> {
    const tried = TRIED_TEMPERATURES.map((temperature) => ({ temperature, accuracy: new ColourAccuracy(), spread: new Spread() }));
    const trueSpread = new Spread();
    let [photos, lossSum] = [0, 0];
    if (this.photos === 0) return undefined;
    let next = this.ask(0);
    for (let from = 0; from < this.photos; from += this.together) {
      const batch = await next;
      // Asked for ahead, so that the thread of batches works while the network does.
      if (from + this.together < this.photos) next = this.ask(from + this.together);
      if (batch.count === 0) continue;
      lossSum += batch.count * this.network.evaluate(batch);
      photos += batch.count;
      const scores = this.network.logits({ count: batch.count, height: this.side, width: this.side, lightness: batch.lightness });
      for (const { temperature, accuracy, spread } of tried) {
        const predicted = planesOf(this.network.anneal(scores.logits, scores.height, scores.width, temperature));
        accuracy.add(batch.truth, predicted);
        spread.add(predicted);
      }
      trueSpread.add(batch.truth);
    }
    if (photos === 0) return undefined;
    const best = bestTemperature(tried.map(({ temperature, accuracy }) => ({ temperature, auc: accuracy.auc(), aucRebalanced: accuracy.aucRebalanced() })));
    const spread = tried.find(({ temperature }) => temperature === best.temperature)?.spread.value() ?? 0;
    return { loss: lossSum / photos, ...best, spread: spread / Math.max(trueSpread.value(), Number.EPSILON) };
  }

  private ask(from: number): Promise<Batch> {
    return this.source.validation(from, Math.min(this.together, this.photos - from), this.side);
  }
}

/** Side of the squares that a validation looks at, and how many of them go through the network at once. */
export function validationSquares(
  { border, outputStride: stride }: { border: number; outputStride: number },
  Q: number,
  { patch, shortest }: { patch: number; shortest: number },
): { side: number; together: number } {
  const side = Math.min(patch + 2 * border, shortest);
  const scores = gridSide({ patch: side, border, stride }) ** 2 * Q * 4;
  return { side, together: Math.max(1, Math.floor(SCORE_BYTES / scores)) };
}

/** Takes interleaved pairs apart. @param ab Float32Array [n, 2] */
export function planesOf(ab: Float32Array): { a: Float32Array; b: Float32Array } {
  const a = new Float32Array(ab.length / 2);
  const b = new Float32Array(ab.length / 2);
  for (let i = 0; i < a.length; i++) {
    a[i] = ab[2 * i];
    b[i] = ab[2 * i + 1];
  }
  return { a, b };
}

/** Standard deviation of colours about their mean, in ab units. */
class Spread {
  private n = 0;
  private readonly sums = [0, 0, 0, 0];

  add({ a, b }: { a: Float32Array; b: Float32Array }): void {
    for (let i = 0; i < a.length; i++) {
      this.sums[0] += a[i];
      this.sums[1] += b[i];
      this.sums[2] += a[i] * a[i];
      this.sums[3] += b[i] * b[i];
    }
    this.n += a.length;
  }

  value(): number {
    const [a, b, aa, bb] = this.sums.map((sum) => sum / this.n);
    return Math.sqrt(Math.max(0, aa - a * a + bb - b * b));
  }
}
