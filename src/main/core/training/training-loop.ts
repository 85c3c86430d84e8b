/** The steps of a training, and what happens between them: reports, validations, checkpoints, pauses, the end. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { CheckpointFile } from '../../../shared/run/files.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { PAPER_TEMPERATURE } from '../../../shared/run/temperature.js';
import type { JobContext } from '../job.js';
import { bestCheckpoint, isBetter, listCheckpoints } from '../runs/checkpoint.js';
import { encodeFilters } from '../runs/filter-snapshot.js';
import type { RunWriter } from '../runs/run-writer.js';
import { Watch, type Alarm } from './alarms.js';
import type { Engine } from './engine.js';
import { learningRate } from './learning-rate.js';
import { Ledger } from './ledger.js';
import type { PauseControl } from './pause-control.js';
import type { ValidationResult } from './validation.js';

/** Steps before the first checkpoint at which pictures and filters are shown too: nobody should wait minutes for the first. */
const EARLY_LOOKS: ReadonlySet<number> = new Set([10, 25, 50, 100]);

export interface LoopEnd {
  state: 'finished' | 'stopped';
  step: number;
  /** Why it ended before its last step, in a sentence. */
  reason?: string;
}

/** A validation and the step it was made at. */
export interface BestValidation extends NonNullable<CheckpointFile['validation']> {
  step: number;
}

export class TrainingLoop {
  readonly alarms: Alarm[] = [];
  best: BestValidation | undefined;
  /** Last step taken. */
  step = 0;
  private seconds = 0;
  private stale = 0;
  /** That previews are painted at: the one that the last validation found best. */
  private temperature = PAPER_TEMPERATURE;
  private ledger = new Ledger();
  private watch: Watch;
  private readonly timed = { untimed: 3, steps: 0, seconds: 0, photographs: 0, validating: 0 };
  /** Seconds that a validation with its checkpoint takes, the last one standing for the next. */
  private checkpointSeconds = 0;
  /** A native step is under way, or broke off: some weights may have moved and others not. */
  private torn = false;
  /** The step that it was taken up at still lacks its validation and report: a fault came between. */
  private owing = false;

  constructor(
    private readonly engine: Engine,
    private readonly writer: RunWriter,
    private readonly context: JobContext,
    private readonly control: PauseControl,
  ) {
    this.watch = new Watch(writer.file.config);
  }

  private get config() {
    return this.writer.file.config;
  }

  /** Seconds of training, over all resumes. */
  get trainedSeconds(): number {
    return this.seconds;
  }

  /** Bytes of decoded photographs that are kept in memory. */
  keptBytes(): Promise<number> {
    return this.engine.source.keptBytes();
  }

  /** What a step and a validated photograph took in this process, the first steps left away: TensorFlow plans in them. */
  get pace(): { steps: number; secondsAStep: number; secondsAValidated: number } {
    const { steps, seconds, photographs, validating } = this.timed;
    return { steps, secondsAStep: seconds / Math.max(1, steps), secondsAValidated: validating / Math.max(1, photographs) };
  }

  /** Goes on from where the newest checkpoint stands; from the start where there is none. */
  async takeUp(): Promise<void> {
    const newest = await this.writer.newestCheckpoint();
    if (newest === undefined) return this.begin();
    this.engine.network.restore(newest.prefix);
    const { step, seconds, stale, unreported, watch } = newest.file;
    Object.assign(this, { step, seconds, stale });
    this.temperature = newest.file.validation?.temperature ?? this.temperature;
    this.ledger = new Ledger(unreported, seconds / Math.max(1, step));
    this.watch = new Watch(this.config, watch);
    const best = bestCheckpoint(await listCheckpoints(this.writer.path), this.config.checkpoints.best);
    if (best?.file.validation !== undefined) this.best = { step: best.step, ...best.file.validation };
    this.owing = step > 0 && this.isCheckpointStep && this.writer.file.data.validation > 0 && newest.file.validation === undefined;
  }

  /** Weights as they are before the first step; kept, so that what was learnt can be told from them. */
  private async begin(): Promise<void> {
    this.engine.network.initialize(this.config.seed);
    await this.keepFilters();
  }

  /** Trains to the end, or until stopped. @throws UserError when it cannot go on. */
  async run(): Promise<LoopEnd> {
    const { signal } = this.context;
    const tiredBefore = this.owing ? await this.lookBack() : this.tiredOfWaiting();
    if (tiredBefore !== undefined) return { state: 'finished', step: this.step, reason: tiredBefore };
    while (this.step < this.writer.file.steps) {
      if (this.control.paused) await this.pause();
      if (signal.aborted) return this.stop();
      await this.takeStep();
      const tired = await this.afterStep();
      if (tired !== undefined) return { state: 'finished', step: this.step, reason: tired };
      // A native step blocks the process: let messages through.
      await breathe();
    }
    return { state: 'finished', step: this.step };
  }

  private async takeStep(): Promise<void> {
    const { network, source } = this.engine;
    const { seed, rate } = this.config;
    const next = this.step + 1;
    const begun = performance.now();
    const batch = await source.training(next);
    const waited = performance.now() - begun;
    this.torn = true;
    const losses = network.train(batch, learningRate(rate, next, this.writer.file.steps), seed, next);
    this.torn = false;
    this.step = next;
    const seconds = (performance.now() - begun) / 1000;
    this.seconds += seconds;
    this.ledger.add(losses, seconds, waited / 1000);
    this.time(seconds);
    this.watch.loss(next, losses.loss, losses.penalty);
  }

  private time(seconds: number): void {
    if (this.timed.untimed-- > 0) return;
    this.timed.steps += 1;
    this.timed.seconds += seconds;
  }

  /** @returns Why the training should end here, where it should. */
  private async afterStep(): Promise<string | undefined> {
    this.tellProgress();
    if (this.isCheckpointStep) return this.lookBack();
    if (this.step % this.config.reports.every === 0) await this.report();
    if (EARLY_LOOKS.has(this.step) && this.step < this.config.checkpoints.every) await this.show();
    return undefined;
  }

  private get isCheckpointStep(): boolean {
    return this.step % this.config.checkpoints.every === 0 || this.step === this.writer.file.steps;
  }

  /** Validates, reports, shows and keeps where the training stands. @returns Why it should end here, where it should. */
  private async lookBack(): Promise<string | undefined> {
    const begun = performance.now();
    const validation = await this.validate();
    // Taken up at a step whose report was written before the fault: it stands.
    if (this.ledger.unreported.steps > 0) await this.report(validation);
    await this.show();
    await this.checkpoint(validation);
    this.checkpointSeconds = (performance.now() - begun) / 1000;
    this.seconds += this.checkpointSeconds;
    this.timed.photographs += Math.min(this.config.validation.photos, this.writer.file.data.validation);
    this.timed.validating += this.checkpointSeconds;
    return this.tiredOfWaiting();
  }

  private tellProgress(): void {
    const { steps } = this.writer.file;
    this.context.progress.progress({ phase: 'Training', done: this.step, total: steps, unit: 'steps', secondsLeft: this.secondsLeft() });
  }

  private secondsLeft(): number {
    const { steps, config } = this.writer.file;
    const left = steps - this.step;
    return left * (this.ledger.secondsAStep ?? 0) + Math.ceil(left / config.checkpoints.every) * this.checkpointSeconds;
  }

  private async validate(): Promise<ValidationResult | undefined> {
    const result = await this.engine.validation.run();
    this.temperature = result?.temperature ?? this.temperature;
    if (result !== undefined) await this.raise(this.watch.validation(this.step, result.loss, result.spread));
    return result;
  }

  private async report(validation?: ValidationResult): Promise<void> {
    const { config, data, steps } = this.writer.file;
    const { secondsAStep, ...means } = this.ledger.means();
    const line: MetricsLine = {
      step: this.step, epoch: this.step / data.stepsAnEpoch, seconds: this.seconds,
      ...means,
      rate: learningRate(config.rate, this.step, steps),
      photographsASecond: data.training / data.stepsAnEpoch / secondsAStep,
      patchesASecond: config.patches.batch / secondsAStep,
      secondsLeft: this.secondsLeft(),
      memory: process.memoryUsage.rss(),
      ...(validation === undefined ? {} : { validation }),
    };
    await this.writer.report(line);
    this.ledger.settle();
    this.context.progress.emit('metrics', line);
    await this.raise(this.watch.flat(this.step));
  }

  /** What a person watches: the pictures and the filters as they stand now. */
  private async show(): Promise<void> {
    await this.preview();
    await this.keepFilters();
  }

  private async preview(): Promise<void> {
    const png = await this.engine.painter.paint(this.temperature);
    if (png === undefined) return;
    const file = await this.writer.preview(this.step, png);
    this.context.progress.emit('preview', { step: this.step, file });
  }

  private async keepFilters(): Promise<void> {
    const { network } = this.engine;
    await this.writer.filters(this.step, encodeFilters(this.step, network.filterShapes, network.eachFilter()));
    this.context.progress.emit('filters', { step: this.step });
  }

  private async checkpoint(validation?: ValidationResult): Promise<void> {
    const { best, stale } = this.judged(validation);
    const { loss, auc, aucRebalanced, temperature } = validation ?? {};
    const file: CheckpointFile = {
      step: this.step, seconds: this.seconds,
      ...(validation === undefined ? {} : { validation: { loss, auc, aucRebalanced, temperature } as CheckpointFile['validation'] }),
      unreported: this.ledger.unreported, stale, watch: this.watch.state,
    };
    await this.writer.checkpoint(file, (prefix) => Promise.resolve(this.engine.network.save(prefix)));
    const isBest = best !== this.best;
    Object.assign(this, { best, stale });
    this.context.progress.emit('checkpoint', { step: this.step, best: isBest });
  }

  /** The best validation so far and how many came since, with a new one counted. */
  private judged(validation?: ValidationResult): { best: BestValidation | undefined; stale: number } {
    const { best, stale } = this;
    if (validation === undefined) return { best, stale };
    if (best !== undefined && !isBetter(validation, best, this.config.checkpoints.best)) return { best, stale: stale + 1 };
    const { loss, auc, aucRebalanced, temperature } = validation;
    return { best: { step: this.step, loss, auc, aucRebalanced, temperature }, stale: 0 };
  }

  private tiredOfWaiting(): string | undefined {
    const { patience } = this.config.earlyStopping;
    if (patience === 0 || this.stale < patience) return undefined;
    return `Ended early at step ${this.step}: ${this.stale} validations without a better one than at step ${this.best?.step} (earlyStopping.patience).`;
  }

  private async pause(): Promise<void> {
    // It rests from here on, so it is told at once; what it has is written down while it rests.
    this.context.progress.emit('paused', { step: this.step });
    await this.checkpoint();
    await this.writer.log(`paused at step ${this.step}`);
    await this.control.whilePaused(this.context.signal);
    this.context.progress.emit('resumed', { step: this.step });
  }

  private async stop(): Promise<LoopEnd> {
    await this.checkpoint();
    return { state: 'stopped', step: this.step };
  }

  /** Keeps what can be kept when the training cannot go on for a reason outside of it; half a step is not kept. */
  async rescue(): Promise<void> {
    if (!this.torn) await this.checkpoint();
  }

  /** Tells an alarm, where there is one. */
  async raise(alarm: Alarm | undefined): Promise<void> {
    if (alarm === undefined) return;
    this.alarms.push(alarm);
    this.context.progress.emit('alarm', alarm);
    this.context.progress.note(alarm.message, 'warning');
    await this.writer.log(`warning (${alarm.kind}): ${alarm.message}`);
  }
}
