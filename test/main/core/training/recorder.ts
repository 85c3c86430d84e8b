import type { MetricsLine } from '../../../../src/shared/run/metrics.js';
import type { JobContext, Progress } from '../../../../src/main/core/job.js';

/** A context that remembers what a job told, and can be stopped. */
export class Recorder implements JobContext {
  readonly events: { name: string; data: unknown }[] = [];
  readonly notes: string[] = [];
  private readonly aborter = new AbortController();

  /** @param watch Is told of each event as it happens, and of progress under that name. */
  constructor(private readonly watch: (name: string, data: unknown, recorder: Recorder) => void = () => undefined) {}

  get signal(): AbortSignal {
    return this.aborter.signal;
  }

  readonly progress = {
    progress: (progress: Progress) => void this.watch('progress', progress, this),
    note: (message: string) => void this.notes.push(message),
    emit: (name: string, data: unknown) => {
      this.events.push({ name, data });
      this.watch(name, data, this);
    },
  };

  stop(): void {
    this.aborter.abort();
  }

  of(name: string): unknown[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data);
  }

  get metrics(): MetricsLine[] {
    return this.of('metrics') as MetricsLine[];
  }
}
