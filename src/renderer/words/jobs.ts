import type { JobOutcome, JobView } from '../../shared/contract/job.js';
import type { JobKind } from '../../shared/contract/kinds.js';

interface JobWords {
  /** While it runs. */
  title: string;
  /** What ends, for jobs that one may walk away from. */
  noun?: string;
  /** Where to look at what came out. */
  screen?: string;
}

const WORDS: Partial<Record<JobKind, JobWords>> = {
  scan: { title: 'Looking through the folder' },
  inspect: { title: 'Looking through a folder' },
  estimate: { title: 'Timing steps' },
  train: { title: 'Training', noun: 'Training', screen: '/train' },
  resume: { title: 'Training', noun: 'Training', screen: '/train' },
  colorize: { title: 'Colorizing', noun: 'Colorizing', screen: '/colorize' },
  evaluate: { title: 'Evaluating', noun: 'Evaluation', screen: '/evaluate' },
  charts: { title: 'Drawing charts', noun: 'Drawing of the charts' },
  graphInfo: { title: 'Reading a graph' },
  graphNodes: { title: 'Reading a graph' },
  graphNode: { title: 'Reading a graph' },
  graphDifference: { title: 'Comparing two graphs' },
  graphCheckpoint: { title: 'Reading a checkpoint' },
  regularization: { title: 'Training under penalties', noun: 'Regularization experiment' },
  shrink: { title: 'Training a smaller network', noun: 'Training of the smaller network' },
  sweep: { title: 'Sweeping lambda', noun: 'Sweep' },
  outliers: { title: 'Comparing losses and penalties', noun: 'Comparison of losses and penalties' },
  film: { title: 'Drawing a film of the weights', noun: 'Film of the weights' },
  activations: { title: 'Comparing activations', noun: 'Comparison of activations' },
  resumeActivations: { title: 'Comparing activations', noun: 'Comparison of activations' },
  report: { title: 'Writing the report', noun: 'Report' },
  graphFreeze: { title: 'Freezing a graph' },
  graphRun: { title: 'Running a graph' },
  graphExport: { title: 'Exporting a network' },
  doctor: { title: 'Examining the program' },
  demo: { title: 'Demonstration' },
};

export function jobName(kind: JobKind): string {
  return WORDS[kind]?.title ?? kind;
}

/** What a job is doing, in a few words. */
export function jobTitle({ kind, state, progress }: JobView): string {
  const title = jobName(kind);
  if (state === 'queued') return `${title}: waiting for its turn`;
  if (state === 'paused') return `${title}: paused`;
  if (state === 'stopping') return `${title}: ending`;
  return progress?.phase ?? title;
}

/** How a job ended, for those that one may walk away from. */
export function endedWords(kind: JobKind, { state }: JobOutcome): string | undefined {
  const noun = WORDS[kind]?.noun;
  return noun && `${noun} ${{ done: 'done', failed: 'failed', cancelled: 'stopped' }[state]}`;
}

/** The screen that shows what a job made. */
export function screenOfJob(kind: JobKind): string | undefined {
  return WORDS[kind]?.screen;
}
