import type { JobView } from '../../../shared/contract/job.js';

/** What the task bar shows. */
export interface TaskBarProgress {
  /** 0 to 1; above 1 where it is not known how far the work is; below 0 for nothing. */
  share: number;
  mode: 'normal' | 'paused' | 'indeterminate' | 'none';
}

/** The foremost work: what runs before what waits. */
export function taskBarProgress(open: readonly JobView[]): TaskBarProgress {
  const job = open.find(({ state }) => state !== 'queued');
  if (!job) return { share: -1, mode: 'none' };
  const { done, total } = job.progress ?? { done: 0, total: undefined };
  if (!total) return { share: 2, mode: 'indeterminate' };
  return { share: Math.min(1, done / total), mode: job.state === 'paused' ? 'paused' : 'normal' };
}

/** Whether the machine may fall asleep: not while something works that nobody has paused. */
export function keepsAwake(open: readonly JobView[]): boolean {
  return open.some(({ state }) => state === 'running' || state === 'stopping');
}
