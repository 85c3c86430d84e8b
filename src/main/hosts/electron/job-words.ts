/** What the desktop says of long work: at its end, and before the program ends. */
import type { JobOutcome, JobView } from '../../../shared/contract/job.js';
import { JOB_NOUNS } from '../../../shared/words/job-nouns.js';

/** Title and text of the notification about a job that ended; undefined for what nobody waits for. */
export function noticeOf({ kind }: JobView, outcome: JobOutcome): { title: string; body: string } | undefined {
  const noun = JOB_NOUNS[kind];
  if (noun === undefined) return undefined;
  const name = `The ${noun}`;
  switch (outcome.state) {
    case 'done': return { title: `${name} is done`, body: 'The window shows what came of it.' };
    case 'failed': return { title: `${name} failed`, body: outcome.error.message };
    case 'cancelled': return { title: `${name} was stopped`, body: outcome.kept };
  }
}

/** What may be answered before the window closes, in the order of the buttons. */
export const ANSWERS = ['stop', 'keep', 'cancel'] as const;
export type ClosingAnswer = (typeof ANSWERS)[number];

export interface ClosingQuestion {
  message: string;
  detail: string;
  /** One for each of ANSWERS. */
  buttons: string[];
}

/** What is asked when the window is closed over this work; undefined where nothing is lost by it. */
export function closingQuestion(open: readonly JobView[]): ClosingQuestion | undefined {
  if (!open.length) return undefined;
  const training = open.some(({ kind }) => kind === 'train' || kind === 'resume');
  const message = open.length > 1 ? `${open.length} pieces of work are not done.` : `The ${JOB_NOUNS[open[0].kind] ?? 'work'} is not done.`;
  const stopping = training
    ? 'Stopping saves the training as it is now; it can go on later from there.'
    : 'Stopping keeps what is done so far.';
  return {
    message,
    detail: `${stopping} Kept going, it works on without a window and tells when it is done; starting Chromabench again shows it.`,
    buttons: [training ? 'Stop and Save' : 'Stop', training ? 'Keep Training' : 'Keep Working', 'Cancel'],
  };
}
