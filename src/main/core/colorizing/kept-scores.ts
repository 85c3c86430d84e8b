/**
 * What a network said of one picture, kept: its colours at any temperature, and the distribution at any place, come from
 * that without the picture being shown to the network again.
 */
import { annealedShares } from '../../../shared/colour/decode.js';
import type { CoarseColour } from '../../../shared/colour/guided.js';
import { cutOut, predictColours, windowsOfPicture } from './coarse-colours.js';
import type { AbPredictor, CellColours, NetworkInput, PictureBatch } from './predictor.js';
import type { SeenPicture } from './seen-picture.js';
import { fading, type Window } from './windows.js';

/** Scores of all bins at the cells of one picture. */
export interface CellScores {
  width: number;
  height: number;
  /** Float32Array [height, width, Q] */
  logits: Float32Array;
}

/** A network that can be asked for its scores, and for what they come to at a temperature. */
export interface ScoringPredictor extends AbPredictor {
  /** The input is as `decode` takes it. */
  logits(input: NetworkInput, size: PictureBatch): CellScores;
  /** The colours that `decode` would give. */
  anneal(scores: CellScores, temperature: number): CellColours;
}

/** Scores of one picture take no more memory than this, in bytes; larger pictures are shown to the network each time. */
const MOST_BYTES = 256 * 2 ** 20;

export class KeptScores {
  private readonly windows: readonly Window[];
  /** By window, as they are first asked for. */
  private readonly scores: CellScores[] = [];
  private readonly keeps: boolean;

  constructor(private readonly network: ScoringPredictor, private readonly seen: SeenPicture, mostBytes = MOST_BYTES) {
    this.windows = windowsOfPicture(network, seen);
    this.keeps = this.windows.reduce((sum, { width, height }) => sum + 4 * width * height * network.bins.Q, 0) <= mostBytes;
  }

  /** Memory that the scores take at the moment. */
  get bytes(): number {
    return this.scores.reduce((sum, { logits }) => sum + logits.byteLength, 0);
  }

  /** Colours of the cells, the same as the network's own `decode` would give. */
  async colours(temperature: number): Promise<CoarseColour> {
    const [coarse] = await predictColours(this.reading(), [this.seen], temperature);
    return coarse;
  }

  /**
   * How likely each bin is at a place of the picture: where windows overlap, as much of each as its colours count there.
   * @param x,y part of the width and of the height, 0..1
   * @param temperature above 0; 1 for what the network predicts
   * @returns Float64Array [Q], sums to 1
   */
  shares(x: number, y: number, temperature: number): Float64Array {
    const { stride, bins } = this.network;
    const cells = { width: Math.ceil(this.seen.width / stride), height: Math.ceil(this.seen.height / stride) };
    const column = cellAt(x, this.seen.width / stride, cells.width);
    const row = cellAt(y, this.seen.height / stride, cells.height);
    const sum = new Float64Array(bins.Q);
    let weights = 0;
    for (const [k, window] of this.windows.entries()) {
      if (!covers(window, column, row)) continue;
      const weight = fading(window.left, window.width, cells.width)[column - window.left] * fading(window.top, window.height, cells.height)[row - window.top];
      const place = (row - window.top) * window.width + column - window.left;
      const shares = annealedShares(this.scoresOf(k).logits.subarray(place * bins.Q, (place + 1) * bins.Q), temperature);
      shares.forEach((share, q) => (sum[q] += weight * share));
      weights += weight;
    }
    return sum.map((share) => share / weights);
  }

  /** The network as the picture's windows are asked of it, one after the other. */
  private reading(): AbPredictor {
    const { seenSide, stride, bins, takesHints } = this.network;
    let next = 0;
    return { seenSide, stride, bins, takesHints, decode: (_input, _size, temperature) => this.network.anneal(this.scoresOf(next++), temperature) };
  }

  private scoresOf(k: number): CellScores {
    const kept = this.scores[k];
    if (kept) return kept;
    const part = this.windows.length === 1 ? this.seen : cutOut(this.seen, this.windows[k], this.network.stride);
    const scores = this.network.logits(part, { width: part.width, height: part.height, count: 1 });
    if (this.keeps) this.scores[k] = scores;
    return scores;
  }
}

function cellAt(part: number, cells: number, available: number): number {
  return Math.min(available - 1, Math.max(0, Math.floor(part * cells)));
}

function covers({ left, top, width, height }: Window, column: number, row: number): boolean {
  return column >= left && column < left + width && row >= top && row < top + height;
}
