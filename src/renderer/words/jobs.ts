import type { JobView } from '../../shared/contract/job.js';
import type { JobKind } from '../../shared/contract/kinds.js';

const TITLES: Partial<Record<JobKind, string>> = {
  scan: 'Looking through the folder',
  inspect: 'Looking through a folder',
  train: 'Training',
  resume: 'Training',
  colorize: 'Colorizing',
};

/** What a job is doing, in a few words. */
export function jobTitle({ kind, state, progress }: JobView): string {
  const title = TITLES[kind] ?? kind;
  if (state === 'queued') return `${title}: waiting for its turn`;
  if (state === 'paused') return `${title}: paused`;
  if (state === 'stopping') return `${title}: ending`;
  return progress?.phase ?? title;
}
