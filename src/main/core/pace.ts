/**
 * How far work on a known number of items is, and from the pace so far how long the rest will take.
 */
import type { Progress } from './job.js';

/** Before that, the pace of the first items says little. */
const SECONDS_TO_TELL = 1;

export class Pace {
  private readonly begun = performance.now();
  private done = 0;
  private instant = 0;

  /** @param what The work in words, how many items there are and what they are called. */
  constructor(private readonly what: Pick<Progress, 'phase' | 'unit'> & { total: number }) {}

  /**
   * One item more is done.
   * @param tookTime false where nothing had to be done for it: work that goes on after a stop must not promise the pace of
   *   what it skips.
   */
  step(tookTime = true): Progress {
    this.done++;
    if (!tookTime) this.instant++;
    const seconds = (performance.now() - this.begun) / 1000;
    const worked = this.done - this.instant;
    const secondsLeft = worked === 0 || seconds < SECONDS_TO_TELL ? undefined : (seconds / worked) * (this.what.total - this.done);
    return { ...this.what, done: this.done, secondsLeft };
  }
}
