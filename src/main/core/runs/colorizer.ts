/** A trained run, ready to colorize. */
import type { BinSet } from '../../../shared/colour/bins.js';
import type { LightnessRange } from '../../../shared/colour/lightness-range.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { binsOfPrior } from '../../../shared/run/prior.js';
import type { NetworkInput } from '../colorizing/predictor.js';
import { Network, type LayerFilters } from './network.js';
import { answerSize, cutAnswer, paddedPictures, type PictureBatch } from './padding.js';
import { openRun, type CheckpointChoice, type Run } from './run.js';

export type { PictureBatch };

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
    return new Colorizer(opened, chosen.step, await opened.temperatureOf(chosen), binsOfPrior(prior), network);
  } catch (error) {
    network.close();
    throw error;
  }
}

export class Colorizer {
  /**
   * @param step Of the checkpoint that the weights come from.
   * @param temperature That its colours are taken at unless another is chosen.
   */
  constructor(
    readonly run: Run,
    readonly step: number,
    readonly temperature: number,
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

  /** Lightness of the photographs seen in training. */
  get lightnessRange(): LightnessRange | undefined {
    return this.run.file.data.lightness;
  }

  /** Pixels a side of a cell of the answer. */
  get stride(): number {
    return this.network.graph.outputStride;
  }

  /** Whether the run was taught to follow hints. */
  get takesHints(): boolean {
    return this.network.graph.takesHints;
  }

  /**
   * Colours of pictures of any one size; cell (i, j) covers the pixels [i * stride, (i + 1) * stride) by [j * stride, ...).
   * @param temperature 1 the plain mean of the colours, towards 0 the likeliest one
   * @returns ab Float32Array [count, ceil(height / stride), ceil(width / stride), 2]
   */
  decode(input: NetworkInput, size: PictureBatch, temperature: number): { ab: Float32Array; height: number; width: number } {
    const { ab, height, width } = this.network.decode(this.padded(input, size), temperature);
    return { ab: this.cut(ab, height, width, 2, size), ...this.answerSize(size) };
  }

  /** Scores of the bins, as `decode` otherwise. @returns logits Float32Array [count, ceil(height / stride), ceil(width / stride), Q] */
  logits(input: NetworkInput, size: PictureBatch): { logits: Float32Array; height: number; width: number } {
    const { logits, height, width } = this.network.logits(this.padded(input, size));
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

  private answerSize(size: PictureBatch): { height: number; width: number } {
    return answerSize(size, this.stride);
  }

  private padded(input: NetworkInput, size: PictureBatch) {
    return paddedPictures(input, size, this.network.graph);
  }

  private cut(answer: Float32Array, height: number, width: number, depth: number, size: PictureBatch): Float32Array {
    return cutAnswer(answer, { height, width, depth }, size, this.stride);
  }
}
