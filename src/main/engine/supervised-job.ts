import { checked, ContractError } from '../../shared/contract/check.js';
import type { EngineEvent } from '../../shared/contract/events.js';
import type { JobError, JobOutcome, JobState, JobView } from '../../shared/contract/job.js';
import type { ControlAction, JobKindSpec } from '../../shared/contract/job-kind.js';
import { type JobKind, specOf } from '../../shared/contract/kinds.js';
import { sentenceOfEnding } from './ending.js';
import { JobProcess, type ProcessEnding, type ProcessSource } from './job-process.js';
import { type FromChild, isReport, type Report } from './messages.js';

/** What a job needs of its engine. */
export interface JobHome {
  source: ProcessSource;
  /** Milliseconds that a cancelled job has to put its work away. */
  graceMs: number;
  tell(event: EngineEvent): void;
}

/** One job from its queueing to its end: the only place that changes its state. */
export class SupervisedJob {
  outcome: JobOutcome | undefined;
  private readonly spec: JobKindSpec;
  /** As the kind's schema read them. */
  readonly parameters: unknown;
  private state: JobState = 'queued';
  private readonly queuedAt = Date.now();
  private startedAt: number | undefined;
  private endedAt: number | undefined;
  private progress: JobView['progress'];
  private process: JobProcess | undefined;
  private readonly told = new Set<string>();
  private report: Report | undefined;
  private cancelling = false;

  /** @throws ContractError where the parameters do not fit the kind. */
  constructor(readonly id: string, readonly kind: JobKind, parameters: unknown, private readonly home: JobHome) {
    this.spec = specOf(kind);
    this.parameters = checked(this.spec.parameters, parameters, `parameters of ${kind}`);
    this.tellChange();
  }

  /** Number of its process while it runs. */
  get pid(): number | undefined {
    return this.outcome ? undefined : this.process?.pid;
  }

  get lane(): JobKindSpec['lane'] {
    return this.spec.lane;
  }

  /** What it was started with, as far as it may be told. */
  get toldParameters(): unknown {
    const { secret = [] } = this.spec;
    return Object.fromEntries(Object.entries(this.parameters as object).filter(([name]) => !secret.includes(name)));
  }

  view(): JobView {
    const { id, kind, state, queuedAt, startedAt, endedAt, progress } = this;
    const error = this.outcome?.state === 'failed' ? this.outcome.error : undefined;
    return { id, kind, state, controls: this.controlsNow(), queuedAt, startedAt, endedAt, progress, error };
  }

  /** Runs the job in a process of its own until that process has gone. Never rejects: a process that cannot be started is a failed job. */
  async run(): Promise<void> {
    this.startedAt = Date.now();
    try {
      this.process = this.startProcess();
    } catch (error) {
      return this.end({ state: 'failed', error: startError(error) });
    }
    this.enter('running');
    this.end(this.outcomeOf(await this.process.ended));
  }

  /** Asks the job to put its work away and end. */
  cancel(): void {
    if (this.outcome || this.cancelling) return;
    if (!this.process) return this.end({ state: 'cancelled', kept: 'It had not begun.' });
    this.cancelling = true;
    this.process.send({ type: 'cancel' });
    this.process.endWithin(this.home.graceMs);
    this.enter('stopping');
  }

  /** Ends a job that is putting its work away already, by whatever it was asked to; what it has not written is lost. */
  endAtOnce(): void {
    if (this.outcome || !this.process) return;
    this.cancelling = true;
    this.process.kill();
  }

  control(action: ControlAction): void {
    if (!this.controlsNow().includes(action)) {
      throw new ContractError(`controlJob: a job of kind ${this.kind} that is ${this.state} cannot ${action}.`);
    }
    this.process?.send({ type: 'control', action });
  }

  /** @throws what the system says where it cannot start one: not enough memory, an environment too large. */
  private startProcess(): JobProcess {
    const started = new JobProcess(
      this.home.source,
      (message) => this.receive(message),
      (error) => this.breakOff(error),
    );
    started.send({ type: 'run', kind: this.kind, parameters: this.parameters });
    return started;
  }

  private controlsNow(): ControlAction[] {
    const fitting: Partial<Record<JobState, ControlAction[]>> = { running: ['pause', 'stop'], paused: ['resume', 'stop'] };
    return (fitting[this.state] ?? []).filter((action) => this.spec.controls.includes(action));
  }

  private receive(message: FromChild): void {
    if (isReport(message)) {
      this.report = this.checkedReport(message);
    } else if (message.type === 'progress') {
      this.progress = message.progress;
      this.home.tell({ type: 'progress', id: this.id, progress: message.progress });
    } else if (message.type === 'note') {
      this.home.tell({ type: 'note', id: this.id, note: message.note });
    } else if (message.type === 'event') {
      const event = this.checkedEvent(message.name, message.data);
      this.told.add(event.name);
      this.home.tell({ type: 'event', id: this.id, ...event });
    } else if (!this.cancelling) {
      this.enter(message.state);
    }
  }

  private checkedEvent(name: string, data: unknown): { name: string; data: unknown } {
    const schema = this.spec.events[name];
    if (!schema) throw new ContractError(`event of ${this.kind}: there is none named ${name}.`);
    return { name, data: checked(schema, data, `event ${name} of ${this.kind}`) };
  }

  private checkedReport(report: Report): Report {
    if (report.type === 'failed' || report.result === undefined) return report;
    return { ...report, result: checked(this.spec.result, report.result, `result of ${this.kind}`) };
  }

  /** A job whose messages cannot be understood is not to be trusted with more work. */
  private breakOff(error: unknown): void {
    this.report ??= { type: 'failed', error: unexpected(error) };
    this.process?.kill();
  }

  private outcomeOf(ending: ProcessEnding): JobOutcome {
    if (this.report?.type === 'done') return { state: 'done', result: this.report.result };
    if (this.report?.type === 'failed') return { state: 'failed', error: this.withKept(this.report.error) };
    if (this.report || this.cancelling) return { state: 'cancelled', kept: this.kept(), result: this.report?.result };
    return { state: 'failed', error: this.lostError(ending) };
  }

  private lostError({ exit, log }: ProcessEnding): JobError {
    return { message: `${sentenceOfEnding(exit, log)} ${this.kept()}`, expected: false, details: log || undefined };
  }

  /** A job that had something to show tells what is left of it; one that never got so far has only its complaint. */
  private withKept(error: JobError): JobError {
    return this.told.size && error.expected ? { ...error, message: `${error.message} ${this.kept()}` } : error;
  }

  private kept(): string {
    return this.spec.kept(this.parameters, this.told);
  }

  private enter(state: JobState): void {
    this.state = state;
    this.tellChange();
  }

  private end(outcome: JobOutcome): void {
    this.outcome = outcome;
    this.endedAt = Date.now();
    this.enter(outcome.state);
    this.home.tell({ type: 'ended', id: this.id, outcome });
  }

  private tellChange(): void {
    this.home.tell({ type: 'job', job: this.view() });
  }
}

function startError(error: unknown): JobError {
  const { message, details } = unexpected(error);
  return { message: `The job's process could not be started (${message}). Close other programs and start the job again.`, expected: false, details };
}

/** The text of a broken contract tells all; of other errors the place counts, too. */
function unexpected(error: unknown): JobError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { message, expected: false, details: error instanceof ContractError ? undefined : stack };
}
