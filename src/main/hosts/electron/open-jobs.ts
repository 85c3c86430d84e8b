import type { EngineEvent } from '../../../shared/contract/events.js';
import type { JobOutcome, JobView } from '../../../shared/contract/job.js';
import { specOf } from '../../../shared/contract/kinds.js';
import type { EngineClient } from '../../engine/engine-client.js';

const FINAL = ['done', 'failed', 'cancelled'];

/** The engine's long work as it tells of it: what a desktop shows outside of the window, and asks about before it ends. */
export class OpenJobs {
  private readonly jobs = new Map<string, JobView>();
  /** Told at every change. */
  onChange: () => void = () => {};
  /** Told once for each job that ends, with what became of it. */
  onEnd: (job: JobView, outcome: JobOutcome) => void = () => {};

  constructor(engine: Pick<EngineClient, 'subscribe' | 'watch'>) {
    engine.subscribe((event) => this.heed(event));
    // The jobs of an engine that died have died with it.
    engine.watch(() => this.forget());
  }

  /** Long work that has not ended, oldest first. Short work (a look through a folder) is not counted. */
  get all(): JobView[] {
    return [...this.jobs.values()];
  }

  private heed(event: EngineEvent): void {
    if (event.type === 'job') this.take(event.job);
    if (event.type === 'progress') this.progressed(event.id, event.progress);
    if (event.type === 'ended') this.ended(event.id, event.outcome);
  }

  private take(job: JobView): void {
    // Its end comes as an event of its own, with the outcome.
    if (specOf(job.kind).lane === 'light' || FINAL.includes(job.state)) return;
    this.jobs.set(job.id, job);
    this.onChange();
  }

  private progressed(id: string, progress: JobView['progress']): void {
    const job = this.jobs.get(id);
    if (!job) return;
    this.jobs.set(id, { ...job, progress });
    this.onChange();
  }

  private ended(id: string, outcome: JobOutcome): void {
    const job = this.jobs.get(id);
    if (!job) return;
    this.jobs.delete(id);
    this.onEnd(job, outcome);
    this.onChange();
  }

  private forget(): void {
    this.jobs.clear();
    this.onChange();
  }
}
