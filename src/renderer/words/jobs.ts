import type { JobOutcome, JobView } from '../../shared/contract/job.js';
import type { JobKind } from '../../shared/contract/kinds.js';
import { JOB_NOUNS } from '../../shared/words/job-nouns.js';

interface JobWords {
  /** While it runs. */
  title: string;
  /** Where to look at what came out. */
  screen?: string;
}

const WORDS: Partial<Record<JobKind, JobWords>> = {
  scan: { title: 'Looking through the folder' },
  inspect: { title: 'Looking through a folder' },
  estimate: { title: 'Timing steps' },
  train: { title: 'Training', screen: '/train' },
  resume: { title: 'Training', screen: '/train' },
  colorize: { title: 'Colorizing', screen: '/colorize' },
  evaluate: { title: 'Evaluating', screen: '/evaluate' },
  charts: { title: 'Drawing charts' },
  graphInfo: { title: 'Reading a graph' },
  graphNodes: { title: 'Reading a graph' },
  graphNode: { title: 'Reading a graph' },
  graphDifference: { title: 'Comparing two graphs' },
  graphDraw: { title: 'Drawing a graph' },
  graphCheckpoint: { title: 'Reading a checkpoint' },
  regularization: { title: 'Training under penalties', screen: '/labs/regularization' },
  shrink: { title: 'Training a smaller network', screen: '/labs/regularization/shrink' },
  sweep: { title: 'Sweeping lambda', screen: '/labs/regularization/sweep' },
  outliers: { title: 'Comparing losses and penalties', screen: '/labs/regularization/outliers' },
  film: { title: 'Drawing a film of the weights' },
  activations: { title: 'Comparing activations', screen: '/labs/activations' },
  resumeActivations: { title: 'Comparing activations', screen: '/labs/activations' },
  report: { title: 'Writing the report' },
  graphFreeze: { title: 'Freezing a graph', screen: '/graphs/freeze' },
  graphRun: { title: 'Running a graph', screen: '/graphs/run' },
  graphExport: { title: 'Exporting a network', screen: '/graphs/export' },
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
  const noun = JOB_NOUNS[kind];
  return noun && `${noun[0].toUpperCase()}${noun.slice(1)} ${{ done: 'done', failed: 'failed', cancelled: 'stopped' }[state]}`;
}

/** The screen that shows what a job made. */
export function screenOfJob(kind: JobKind): string | undefined {
  return WORDS[kind]?.screen;
}
