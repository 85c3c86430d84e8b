import type { JobProgress } from '../../../shared/contract/progress.js';
import { count, duration } from '../../../shared/words/words.js';

/** Seconds that a phase runs before its pace is believed. */
const SETTLED_AFTER = 2;
const BAR_WIDTH = 16;

/** Knows how long the present phase has taken and so what is left of it, where the job itself does not say. */
export class PhaseClock {
  private phase = '';
  private since = 0;
  private from = 0;

  /** @param now Milliseconds. @returns Seconds left, undefined while that cannot be told. */
  secondsLeft({ phase, done, total, secondsLeft }: JobProgress, now: number): number | undefined {
    if (phase !== this.phase) [this.phase, this.since, this.from] = [phase, now, done];
    if (secondsLeft !== undefined || total === undefined) return secondsLeft;
    const [seconds, units] = [(now - this.since) / 1000, done - this.from];
    if (seconds < SETTLED_AFTER || units <= 0) return undefined;
    return (seconds / units) * (total - done);
  }
}

/** `Reading photographs: 400 photographs`: nothing is known of the pace yet. */
export function firstLine({ phase, total, unit }: JobProgress): string {
  return total === undefined ? phase : `${phase}: ${count(total)} ${unit}`;
}

/** `Reading photographs: 120 of 400 photographs, 30 %, 12 s left`. */
export function plainLine(progress: JobProgress, secondsLeft: number | undefined): string {
  return [`${progress.phase}: ${amount(progress)}`, ...remaining(progress, secondsLeft)].join(', ');
}

/** The same with a bar, for a line that is drawn again and again. */
export function barLine(progress: JobProgress, secondsLeft: number | undefined, details: string): string {
  const parts = [amount(progress), ...remaining(progress, secondsLeft), ...(details ? [details] : [])];
  return `${progress.phase} ${bar(progress)}${parts.join(' · ')}`;
}

function amount({ done, total, unit }: JobProgress): string {
  return total === undefined ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`;
}

function remaining(progress: JobProgress, secondsLeft: number | undefined): string[] {
  const part = share(progress);
  const percent = part === undefined ? [] : [`${Math.floor(100 * part)} %`];
  return secondsLeft === undefined || part === 1 ? percent : [...percent, `${duration(secondsLeft)} left`];
}

function bar(progress: JobProgress): string {
  const part = share(progress);
  if (part === undefined) return '';
  const full = Math.round(part * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} `;
}

function share({ done, total }: JobProgress): number | undefined {
  return total ? Math.min(1, done / total) : undefined;
}
