/** What a list of jobs says of each. */
import type { JobOutcome, JobState, JobView } from '../../shared/contract/job.js';
import { type JobKind, specOf } from '../../shared/contract/kinds.js';
import { count, counted } from '../../shared/words/words.js';
import { jobName } from './jobs.js';

export const JOB_STATE_WORDS: Record<JobState, string> = {
  queued: 'waiting', running: 'running', paused: 'paused', stopping: 'ending', done: 'done', failed: 'failed', cancelled: 'cancelled',
};

/** What a job is about, from its parameters: the name of its run or folder. */
export function jobSubject(parameters: unknown): string | undefined {
  const { run, out, folder, source } = parameters as Partial<Record<string, string>>;
  const isNew = folder !== undefined && out !== undefined;
  return (isNew ? out : (run ?? folder ?? source ?? out))?.split(/[/\\]/).filter(Boolean).at(-1);
}

/** Why a job has not begun. @param running Jobs that run. */
export function waitingWords(job: JobView, running: readonly JobView[]): string {
  const { lane } = specOf(job.kind);
  const before = running.filter(({ kind }) => specOf(kind).lane === lane);
  if (!before.length) return 'Begins in a moment.';
  return lane === 'heavy'
    ? `Waits for: ${jobName(before[0].kind).toLowerCase()}. Work that fills the machine is done one after the other.`
    : `Waits for one of ${count(before.length)} others like it.`;
}

/** What came of a job, in a sentence. */
export function outcomeWords(kind: JobKind, outcome: JobOutcome): string {
  if (outcome.state === 'failed') return outcome.error.message;
  if (outcome.state === 'cancelled') return outcome.kept;
  return RESULT_WORDS[kind]?.(outcome.result as never) ?? 'Done.';
}

/** What is told of a result; it fits the kind's schema. */
const RESULT_WORDS: Partial<Record<JobKind, (result: never) => string>> = {
  train: trainingWords,
  resume: trainingWords,
  scan: ({ files, counts }: { files: number; counts: Record<string, number> }) => `${counted(files, 'file')}, ${count(counts.used ?? 0)} used.`,
  colorize: ({ done, failed, out }: { done: number; failed: unknown[]; out: string }) =>
    `${counted(done, 'picture')} colorized${failed.length ? `, ${count(failed.length)} failed` : ''}. They are in ${out}`,
  evaluate: ({ photos }: { photos: number }) => `${counted(photos, 'photograph')} measured.`,
  charts: ({ files, out }: { files: unknown[]; out: string }) => `${counted(files.length, 'file')} in ${out}`,
};

function trainingWords({ state, step, steps, reason }: { state: 'finished' | 'stopped'; step: number; steps: number; reason?: string }): string {
  return `${state === 'finished' ? 'Finished' : 'Stopped'} at step ${count(step)} of ${count(steps)}${reason ? `: ${reason}` : '.'}`;
}
