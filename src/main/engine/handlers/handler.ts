import type { ControlAction } from '../../../shared/contract/job-kind.js';
import type { JobKind, JobParameters, JobResult } from '../../../shared/contract/kinds.js';
import type { JobContext } from '../../core/job.js';

/** What a host asks of the running job, and the job's answer. */
export interface JobControls {
  /** The listener hears every action from now on. */
  listen(listener: (action: ControlAction) => void): void;
  /** Says that the job has done as it was asked. */
  now(state: 'running' | 'paused' | 'stopping'): void;
  /** Says that the work is given up: what is thrown next is no failure. */
  cancel(): void;
}

/** Parameters in, result out: calls one function of the core and puts its result into the contract's words. */
export type Handler<K extends JobKind> = (
  parameters: JobParameters<K>,
  context: JobContext,
  controls: JobControls,
) => Promise<JobResult<K>>;

/** Handlers are loaded one by one: a job loads only what it needs. */
export type Handlers = { [K in JobKind]: () => Promise<Handler<K>> };
