import { type ClosingAnswer, type ClosingQuestion, closingQuestion } from './job-words.js';
import type { OpenJobs } from './open-jobs.js';

/** What leaving needs of the program. */
export interface LeavingHome {
  ask(question: ClosingQuestion): Promise<ClosingAnswer>;
  /** The window goes, the program stays. */
  hide(): void;
  /** Work is put away, then everything goes. */
  end(): Promise<void>;
}

/** How the program ends when its window is closed: asked first where work would be cut off, and after the work where that was the answer. */
export class Leaving {
  private asking = false;
  private waiting = false;

  constructor(private readonly jobs: Pick<OpenJobs, 'all'>, private readonly home: LeavingHome) {}

  async leave(): Promise<void> {
    if (this.asking) return;
    const question = closingQuestion(this.jobs.all);
    const answer = question ? await this.answerTo(question) : 'stop';
    if (answer === 'cancel') return;
    // The work may have ended while the question stood.
    if (answer === 'stop' || !this.jobs.all.length) return this.home.end();
    this.waiting = true;
    this.home.hide();
  }

  /** The window is wanted again. */
  stay(): void {
    this.waiting = false;
  }

  workChanged(): void {
    if (this.waiting && !this.jobs.all.length) void this.home.end();
  }

  private async answerTo(question: ClosingQuestion): Promise<ClosingAnswer> {
    this.asking = true;
    try {
      return await this.home.ask(question);
    } finally {
      this.asking = false;
    }
  }
}
