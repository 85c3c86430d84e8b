import type { ControlAction } from '../../shared/contract/job-kind.js';
import type { JobContext, Progress } from '../core/job.js';
import type { JobControls } from './handlers/handler.js';
import type { FromChild } from './messages.js';

const PROGRESS_EVERY_MS = 100;

/** The job's side of the channel: progress is thinned here, so that the core may report as often as it likes. */
export class ChildContext implements JobContext, JobControls {
  private readonly abort = new AbortController();
  private readonly listeners: ((action: ControlAction) => void)[] = [];
  /** Asked before the job had loaded what hears it. */
  private readonly early: ControlAction[] = [];
  private lastPhase = '';
  private lastSent = 0;
  /** The newest progress that has not been told yet, and when it will be. */
  private waiting: Progress | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly send: (message: FromChild) => void) {}

  readonly progress = {
    progress: (progress: Progress) => this.sendProgress(progress),
    note: (message: string, level: 'info' | 'warning' = 'info') => this.send({ type: 'note', note: { level, message } }),
    emit: (name: string, data: unknown) => this.send({ type: 'event', name, data }),
  };

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  cancel(): void {
    this.abort.abort();
  }

  control(action: ControlAction): void {
    if (this.listeners.length === 0) this.early.push(action);
    this.listeners.forEach((listener) => listener(action));
  }

  listen(listener: (action: ControlAction) => void): void {
    this.listeners.push(listener);
    this.early.splice(0).forEach(listener);
  }

  now(state: 'running' | 'paused' | 'stopping'): void {
    this.send({ type: 'state', state });
  }

  /** A new phase and a finished one are told at once; of others the newest, a few times a second. */
  private sendProgress(progress: Progress): void {
    const telling = progress.phase !== this.lastPhase || progress.done === progress.total;
    const wait = this.lastSent + PROGRESS_EVERY_MS - Date.now();
    this.lastPhase = progress.phase;
    this.waiting = progress;
    if (telling || wait <= 0) return this.flush();
    this.timer ??= setTimeout(() => this.flush(), wait);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastSent = Date.now();
    if (this.waiting) this.send({ type: 'progress', progress: this.waiting });
    this.waiting = undefined;
  }
}
