/** The training of one activation: epochs, reports, tests at the end of each. */
import { performance } from 'node:perf_hooks';
import { setImmediate as breathe } from 'node:timers/promises';
import { activityOf } from '../../../../shared/labs/activations/activity.js';
import { batchRanges } from '../../../../shared/labs/activations/batches.js';
import type { ActivationsConfig } from '../../../../shared/labs/activations/config.js';
import type { ActivationsReport, LayerActivity, Variant, VariantResult } from '../../../../shared/labs/activations/results.js';
import { lowerRate, type Divergence } from '../../../../shared/labs/divergence.js';
import { finiteOrNull } from '../../../../shared/labs/regularization/summary.js';
import { Random } from '../../../../shared/random.js';
import type { ImageData, ImageSet } from './image-set.js';
import type { Classifier } from './network.js';

/** Where a training stands at the end of an epoch. */
export interface VariantPlace {
  epoch: number;
  step: number;
  /** Spent in training steps. */
  seconds: number;
  /** Means over the epoch; absent where an earlier version kept the place. */
  last?: { loss: number; accuracy: number };
}

export interface VariantListener {
  signal: AbortSignal;
  report(report: ActivationsReport): Promise<void>;
  checkpoint(place: VariantPlace): Promise<void>;
}

interface TestResult {
  accuracy: number;
  loss: number;
  layers: LayerActivity[];
  confusion: number[][];
  wrong: number[];
  wrongAs: number[];
}

/** Reports an epoch. */
const REPORTS = 10;
/** Pictures of a test batch, and of those whose outputs are looked at. */
const TEST_BATCH = 500;
const OBSERVED = 500;
/** Steps between two rests in which the process hears what it is asked. */
const REST_EVERY = 20;

export class VariantTraining {
  private step = 0;
  private seconds = 0;
  private diverged: Divergence | undefined;

  constructor(
    private readonly network: Classifier,
    private readonly images: ImageData,
    private readonly config: ActivationsConfig,
    private readonly variant: Variant,
    private readonly listener: VariantListener,
  ) {}

  /** @param place Where it goes on, with the path of its checkpoint; from the start where absent. */
  async run(place?: VariantPlace, prefix?: string): Promise<VariantResult> {
    this.network.initialize(this.config.seed + this.variant.run);
    if (place !== undefined && prefix !== undefined) {
      this.network.restore(prefix);
      [this.step, this.seconds] = [place.step, place.seconds];
    } else {
      await this.report(0, NaN, NaN, this.test());
    }
    let last = place?.last ?? { loss: NaN, accuracy: NaN };
    let test: TestResult | undefined;
    for (let epoch = (place?.epoch ?? 0) + 1; epoch <= this.config.epochs && this.diverged === undefined; epoch++) {
      const { whole, recent } = await this.epoch(epoch);
      last = { loss: whole.loss, accuracy: whole.accuracy };
      test = this.test();
      await this.report(epoch, recent.loss, recent.accuracy, test);
      if (this.diverged === undefined) await this.listener.checkpoint({ epoch, step: this.step, seconds: this.seconds, last });
    }
    return this.result(test ?? this.test(), last);
  }

  /** Shows every training picture once. @returns Means over the epoch, and over the steps since its last report. */
  private async epoch(epoch: number): Promise<{ whole: Tally; recent: Tally }> {
    const { batch, rate, seed } = this.config;
    const { training } = this.images;
    const { run } = this.variant;
    const order = new Random(seed, 'order', run, epoch).permutation(training.count);
    const ranges = batchRanges(training.count, batch);
    const steps = ranges.length;
    const every = Math.max(1, Math.round(steps / REPORTS));
    const whole = new Tally();
    let recent = new Tally();
    for (let k = 0; k < steps && this.diverged === undefined; k++) {
      const indices = order.subarray(...ranges[k]);
      const begun = performance.now();
      const { loss, correct } = this.network.train(training, indices, rate, seed + run, this.step);
      this.seconds += (performance.now() - begun) / 1000;
      this.step++;
      for (const tally of [whole, recent]) tally.add(loss, correct, indices.length);
      if (!Number.isFinite(loss)) this.diverged = { step: this.step, cause: `The learning rate is most likely too high (rate is ${rate}): try ${lowerRate(rate)}.` };
      if ((k + 1) % every === 0 && k + 1 < steps) {
        await this.report(epoch - 1 + (k + 1) / steps, recent.loss, recent.accuracy);
        recent = new Tally();
      }
      if (this.step % REST_EVERY === 0) await this.rest();
    }
    return { whole, recent };
  }

  private async rest(): Promise<void> {
    await breathe();
    this.listener.signal.throwIfAborted();
  }

  /** The whole test set, in the form for use. */
  private test(): TestResult {
    const { test, classes } = this.images;
    const confusion = classes.map(() => classes.map(() => 0));
    const [wrong, wrongAs]: [number[], number[]] = [[], []];
    let loss = 0;
    for (let from = 0; from < test.count; from += TEST_BATCH) {
      const indices = range(from, Math.min(from + TEST_BATCH, test.count));
      const answer = this.network.evaluate(test, indices);
      loss += answer.loss;
      indices.forEach((index, k) => {
        confusion[test.labels[index]][answer.answers[k]]++;
        if (test.labels[index] === answer.answers[k]) return;
        wrong.push(index);
        wrongAs.push(answer.answers[k]);
      });
    }
    return { accuracy: 100 * (1 - wrong.length / test.count), loss: loss / test.count, confusion, wrong, wrongAs, layers: this.activity(test) };
  }

  private activity(test: ImageSet): LayerActivity[] {
    const seen = this.network.observe(test, range(0, Math.min(OBSERVED, test.count)));
    return this.network.layers.map((name, k) => activityOf(name, seen[k].values, seen[k].units));
  }

  private report(epoch: number, loss: number, accuracy: number, test?: TestResult): Promise<void> {
    return this.listener.report({
      ...this.variant, epoch, step: this.step, seconds: this.seconds, loss: finiteOrNull(loss), accuracy: finiteOrNull(accuracy),
      ...(test && { test: { loss: finiteOrNull(test.loss), accuracy: test.accuracy, layers: test.layers } }),
    });
  }

  private result({ accuracy, loss, layers, confusion, wrong, wrongAs }: TestResult, last: { loss: number; accuracy: number }): VariantResult {
    const slopes = this.network.slopes();
    return {
      ...this.variant, accuracy: this.diverged ? null : accuracy, loss: finiteOrNull(loss),
      trainingAccuracy: finiteOrNull(last.accuracy), trainingLoss: finiteOrNull(last.loss),
      steps: this.step, seconds: this.seconds, millisecondsAStep: (1000 * this.seconds) / Math.max(1, this.step),
      layers, confusion, wrong, wrongAs,
      ...(slopes.length > 0 && { slopes }),
      ...(this.diverged && { diverged: this.diverged }),
    };
  }
}

/** Mean loss and share of right answers over pictures. */
class Tally {
  private sum = 0;
  private right = 0;
  private count = 0;

  add(loss: number, correct: number, pictures: number): void {
    this.sum += loss * pictures;
    this.right += correct;
    this.count += pictures;
  }

  get loss(): number {
    return this.sum / this.count;
  }

  /** Percent. */
  get accuracy(): number {
    return (100 * this.right) / this.count;
  }
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, k) => from + k);
}
