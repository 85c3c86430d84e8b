/** A training that happens elsewhere, as its events tell of it: what a training here would write and tell, is written and told. */
import type { CheckpointFile } from '../../../shared/run/files.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import type { JobContext } from '../job.js';
import { isBetter } from '../runs/checkpoint.js';
import type { RunWriter } from '../runs/run-writer.js';
import { Watch, type Alarm } from '../training/alarms.js';
import { learningRate } from '../training/learning-rate.js';
import { Ledger } from '../training/ledger.js';
import type { BestValidation } from '../training/training-loop.js';
import type { JobEvent, JobEventOf } from './job-events.js';

type Validation = NonNullable<JobEventOf<'checkpoint'>['validation']>;

/** Where a training stands, as far as its events have told. */
export interface Standing {
  file: CheckpointFile;
  best?: BestValidation;
}

export const NOTHING_YET: CheckpointFile = {
  step: 0, seconds: 0, unreported: { steps: 0, loss: 0, penalty: 0 }, stale: 0,
  watch: { firstLosses: [], lastLosses: [], flatTold: false, narrow: 0, collapseTold: false },
};

export class FollowedTraining {
  readonly alarms: Alarm[] = [];
  readonly skipped: { path: string; reason: string }[] = [];
  /** The last step told of. */
  step = 0;
  best: BestValidation | undefined;
  private seconds = 0;
  private stale = 0;
  private memory = 0;
  private ledger = new Ledger();
  private watch: Watch;

  /**
   * @param start Where the job began.
   * @param reported The last step whose report the run holds: earlier ones were written before, by whoever followed the job then.
   * @param keep Told of every checkpoint, with what a resumed run needs.
   */
  constructor(
    private readonly writer: RunWriter,
    private readonly context: JobContext,
    private start: Standing,
    private readonly reported: number,
    private readonly keep: (file: CheckpointFile, isBest: boolean) => void,
  ) {
    this.watch = new Watch(writer.file.config);
    this.stand(start);
  }

  get trainedSeconds(): number {
    return this.seconds;
  }

  /** @throws NotANumber. */
  async take(event: JobEvent): Promise<void> {
    switch (event.event) {
      case 'progress':
        return this.context.progress.progress(event);
      case 'skipped':
        return this.skip(event);
      case 'began':
        return this.begin(event);
      case 'steps':
        this.memory = event.memory;
        for (const step of event.steps) await this.takeStep(step);
        return this.tellProgress();
      case 'checkpoint':
        return this.checkpoint(event);
      default:
        return undefined;
    }
  }

  private stand({ file, best }: Standing): void {
    const { step, seconds, stale, unreported, watch } = file;
    Object.assign(this, { step, seconds, stale, best });
    this.ledger = new Ledger(unreported, seconds / Math.max(1, step));
    this.watch = new Watch(this.writer.file.config, structuredClone(watch));
  }

  private skip({ path, reason }: JobEventOf<'skipped'>): void {
    this.skipped.push({ path, reason });
    this.context.progress.note(`${path} is left out: ${reason}`, 'warning');
  }

  /** Workers that begin anew go on from the last checkpoint: what came after it did not happen. */
  private async begin({ step }: JobEventOf<'began'>): Promise<void> {
    const lost = this.step - step;
    if (lost > 0) this.context.progress.note(`A worker was lost and has been replaced; the training goes on from step ${step}.`, 'warning');
    if (lost > 0) await this.log(`a worker was lost after step ${this.step}; the training goes on from step ${step}`);
    if (step === this.start.file.step) this.stand(this.start);
  }

  private async takeStep([step, loss, penalty, seconds, waited]: JobEventOf<'steps'>['steps'][number]): Promise<void> {
    this.step = step;
    this.seconds += seconds;
    this.ledger.add({ loss, penalty }, seconds, waited);
    this.watch.loss(step, loss, penalty);
    // The report of a checkpoint's step comes with its validation.
    if (step % this.config.reports.every === 0 && !this.isCheckpointStep(step)) await this.report();
  }

  private isCheckpointStep(step: number): boolean {
    return step % this.config.checkpoints.every === 0 || step === this.writer.file.steps;
  }

  private get config() {
    return this.writer.file.config;
  }

  private async checkpoint({ step, validation }: JobEventOf<'checkpoint'>): Promise<void> {
    if (validation !== undefined) await this.raise(this.watch.validation(step, validation.loss, validation.spread));
    if (this.isCheckpointStep(step) && this.ledger.unreported.steps > 0) await this.report(validation);
    const isBest = this.judge(step, validation);
    const { loss, auc, aucRebalanced, temperature } = validation ?? {};
    const file = {
      step, seconds: this.seconds,
      ...(validation === undefined ? {} : { validation: { loss, auc, aucRebalanced, temperature } }),
      unreported: this.ledger.unreported, stale: this.stale, watch: structuredClone(this.watch.state),
    } as CheckpointFile;
    this.start = { file, best: this.best };
    this.keep(file, isBest);
  }

  /** @returns Whether it is the best so far. */
  private judge(step: number, validation: Validation | undefined): boolean {
    if (validation === undefined) return false;
    const isBest = this.best === undefined || isBetter(validation, this.best, this.config.checkpoints.best);
    const { loss, auc, aucRebalanced, temperature } = validation;
    if (isBest) this.best = { step, loss, auc, aucRebalanced, temperature };
    this.stale = isBest ? 0 : this.stale + 1;
    return isBest;
  }

  private async report(validation?: Validation): Promise<void> {
    const { config, data, steps } = this.writer.file;
    const { secondsAStep, ...means } = this.ledger.means();
    this.ledger.settle();
    const line: MetricsLine = {
      step: this.step, epoch: this.step / data.stepsAnEpoch, seconds: this.seconds,
      ...means,
      rate: learningRate(config.rate, this.step, steps),
      photographsASecond: data.training / data.stepsAnEpoch / secondsAStep,
      patchesASecond: config.patches.batch / secondsAStep,
      secondsLeft: this.secondsLeft(),
      memory: this.memory,
      ...(validation === undefined ? {} : { validation }),
    };
    if (this.step > this.reported) await this.writer.report(line);
    this.context.progress.emit('metrics', line);
    await this.raise(this.watch.flat(this.step));
  }

  private tellProgress(): void {
    this.context.progress.progress({ phase: 'Training on the cluster', done: this.step, total: this.writer.file.steps, unit: 'steps', secondsLeft: this.secondsLeft() });
  }

  private secondsLeft(): number {
    return (this.writer.file.steps - this.step) * (this.ledger.secondsAStep ?? 0);
  }

  /** Tells an alarm, where there is one. */
  async raise(alarm: Alarm | undefined): Promise<void> {
    if (alarm === undefined) return;
    this.alarms.push(alarm);
    this.context.progress.emit('alarm', alarm);
    this.context.progress.note(alarm.message, 'warning');
    await this.log(`warning (${alarm.kind}): ${alarm.message}`);
  }

  /** What was written down by whoever followed the job before is not written down again. */
  private async log(message: string): Promise<void> {
    if (this.step > this.reported || this.reported === 0) await this.writer.log(message);
  }
}
