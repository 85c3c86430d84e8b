/** Sums between two reports: losses, time, and how much of it the steps waited for data. */
import type { CheckpointFile } from '../../../shared/run/files.js';

export type Unreported = CheckpointFile['unreported'];

export class Ledger {
  private readonly sums: Unreported;
  /** Seconds since the last report, in which steps were taken. */
  private stepping = 0;
  private waiting = 0;
  /** Steps taken by this process since the last report; after a resume fewer than those summed. */
  private timed = 0;
  /** Seconds a step, over the reports so far. */
  private pace: number | undefined;

  /**
   * @param unreported What a checkpoint handed on.
   * @param earlierPace Seconds a step before it, for a report that comes before this process took any.
   */
  constructor(
    unreported: Unreported = { steps: 0, loss: 0, penalty: 0 },
    private readonly earlierPace = 0,
  ) {
    this.sums = { ...unreported };
  }

  /** @param seconds Of the whole step. @param waited Of these, spent waiting for its batch. */
  add(losses: { loss: number; penalty: number }, seconds: number, waited: number): void {
    this.sums.steps++;
    this.sums.loss += losses.loss;
    this.sums.penalty += losses.penalty;
    this.stepping += seconds;
    this.waiting += waited;
    this.timed++;
  }

  get unreported(): Unreported {
    return { ...this.sums };
  }

  /** Seconds a step, smoothed over reports; undefined before the first step. */
  get secondsAStep(): number | undefined {
    return this.pace ?? (this.timed > 0 ? this.stepping / this.timed : undefined);
  }

  /** What a report tells of the steps since the last one. */
  means(): { loss: number; penalty: number; waitShare: number; secondsAStep: number } {
    const { steps, loss, penalty } = this.sums;
    const [waitShare, secondsAStep] = this.timed === 0 ? [0, this.earlierPace] : [this.waiting / this.stepping, this.stepping / this.timed];
    return { loss: loss / steps, penalty: penalty / steps, waitShare, secondsAStep };
  }

  /** Begins anew, once the report is written. */
  settle(): void {
    const { secondsAStep } = this.means();
    this.pace = this.pace === undefined ? secondsAStep : 0.7 * this.pace + 0.3 * secondsAStep;
    Object.assign(this.sums, { steps: 0, loss: 0, penalty: 0 });
    this.stepping = this.waiting = this.timed = 0;
  }
}
