/** A trained run, ready to colorize. */
import type { BinSet } from '../../../shared/colour/bins.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { binsOfPrior } from '../../../shared/run/prior.js';
import { Network, type LayerFilters } from './network.js';
import { openRun, type CheckpointChoice, type Run } from './run.js';

/** Pictures of one size. */
export interface PictureBatch {
  height: number;
  width: number;
  /** 1 where absent. */
  count?: number;
}

/**
 * Opens a run's network with the weights of one of its checkpoints. Loads TensorFlow. Whoever opens it closes it.
 * @throws UserError when it is no run or has no such checkpoint.
 */
export async function openColorizer(run: Run | string, { checkpoint = 'best' }: { checkpoint?: CheckpointChoice } = {}): Promise<Colorizer> {
  const opened = typeof run === 'string' ? await openRun(run) : run;
  const chosen = await opened.checkpoint(checkpoint);
  const prior = await opened.prior();
  const network = await Network.open(opened.config, prior, opened.file.network.patch);
  try {
    network.restore(chosen.prefix);
    return new Colorizer(opened, chosen.step, binsOfPrior(prior), network);
  } catch (error) {
    network.close();
    throw error;
  }
}

export class Colorizer {
  /** @param step Of the checkpoint that the weights come from. */
  constructor(
    readonly run: Run,
    readonly step: number,
    readonly bins: BinSet,
    private readonly network: Network,
  ) {}

  get config(): TrainingConfig {
    return this.run.config;
  }

  /** Shorter side, in pixels, at which photographs were seen in training. */
  get seenSide(): number {
    return this.run.file.data.seenSide;
  }

  /** Pixels a side of a cell of the answer. */
  get stride(): number {
    return this.network.graph.outputStride;
  }

  /**
   * Colours of pictures of any one size; cell (i, j) covers the pixels [i * stride, (i + 1) * stride) by [j * stride, ...).
   * @param lightness L 0..100, Float32Array [count, height, width]
   * @param temperature 1 the plain mean of the colours, towards 0 the likeliest one
   * @returns ab Float32Array [count, ceil(height / stride), ceil(width / stride), 2]
   */
  decode(lightness: Float32Array, size: PictureBatch, temperature: number): { ab: Float32Array; height: number; width: number } {
    const { ab, height, width } = this.network.decode(this.padded(lightness, size), temperature);
    return { ab: this.cut(ab, height, width, 2, size), ...this.answerSize(size) };
  }

  /** Scores of the bins, as `decode` otherwise. @returns logits Float32Array [count, ceil(height / stride), ceil(width / stride), Q] */
  logits(lightness: Float32Array, size: PictureBatch): { logits: Float32Array; height: number; width: number } {
    const { logits, height, width } = this.network.logits(this.padded(lightness, size));
    return { logits: this.cut(logits, height, width, this.bins.Q, size), ...this.answerSize(size) };
  }

  /** Colours of one picture's kept scores, the same as `decode` gives; the network is not run. */
  anneal({ logits, height, width }: { logits: Float32Array; height: number; width: number }, temperature: number): { ab: Float32Array; height: number; width: number } {
    return { ab: this.network.anneal(logits, height, width, temperature), height, width };
  }

  /** Kernels of every layer, in the order of the layers. */
  filters(): LayerFilters[] {
    return this.network.filters();
  }

  /** Frees the network. A closed colorizer cannot be used. */
  close(): void {
    this.network.close();
  }

  private answerSize({ height, width }: PictureBatch): { height: number; width: number } {
    return { height: Math.ceil(height / this.stride), width: Math.ceil(width / this.stride) };
  }

  /** Pictures mirrored beyond their borders: by what the network loses there, and up to a size it takes. */
  private padded(lightness: Float32Array, { height, width, count = 1 }: PictureBatch) {
    const { border, multiple } = this.network.graph;
    const rows = mirroredIndices(height, border, multiple);
    const columns = mirroredIndices(width, border, multiple);
    const padded = new Float32Array(count * rows.length * columns.length);
    let to = 0;
    for (let n = 0; n < count; n++) {
      for (const row of rows) {
        const from = (n * height + row) * width;
        for (const column of columns) padded[to++] = lightness[from + column];
      }
    }
    return { count, height: rows.length, width: columns.length, lightness: padded };
  }

  /** Takes off the cells that lie beyond the pictures. @param answer [count, height, width, depth] */
  private cut(answer: Float32Array, height: number, width: number, depth: number, size: PictureBatch): Float32Array {
    const wanted = this.answerSize(size);
    if (wanted.height === height && wanted.width === width) return answer;
    const count = size.count ?? 1;
    const cut = new Float32Array(count * wanted.height * wanted.width * depth);
    for (let n = 0, to = 0; n < count; n++) {
      for (let row = 0; row < wanted.height; row++, to += wanted.width * depth) {
        const from = (n * height + row) * width * depth;
        cut.set(answer.subarray(from, from + wanted.width * depth), to);
      }
    }
    return cut;
  }
}

/**
 * Where the rows (or columns) of a padded picture come from: `border` more before, at least as many behind, in all a multiple of
 * what the network takes (counted without the border). Reflection without repeating the edge; a picture narrower than
 * that is reflected again and again.
 */
function mirroredIndices(side: number, border: number, multiple: number): Int32Array {
  const inner = Math.ceil(side / multiple) * multiple;
  const period = Math.max(1, 2 * side - 2);
  return Int32Array.from({ length: inner + 2 * border }, (_, index) => {
    const place = (((index - border) % period) + period) % period;
    return place < side ? place : period - place;
  });
}
