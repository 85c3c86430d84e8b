import cliProgress from 'cli-progress';
import type { JobProgress } from '../../../shared/contract/progress.js';
import { barLine, firstLine, PhaseClock, plainLine } from './progress-line.js';

/** Shows how far a job is; it is told everything and shows what fits. */
export interface ProgressDisplay {
  progress(progress: JobProgress): void;
  /** A figure or two beside the progress. */
  details(text: string): void;
  /** A line that stays. */
  line(text: string): void;
  /** Leaves the stream as it found it. */
  end(): void;
}

export function progressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY && process.env.TERM !== 'dumb' ? new BarDisplay(stream) : new PlainDisplay(stream);
}

const PLAIN_EVERY_MS = 5_000;

/** Whole lines, one every few seconds: for logs and for programs that read along. */
class PlainDisplay implements ProgressDisplay {
  private readonly clock = new PhaseClock();
  private phase = '';
  private shownAt = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  progress(progress: JobProgress): void {
    const now = Date.now();
    const secondsLeft = this.clock.secondsLeft(progress, now);
    const begins = progress.phase !== this.phase;
    if (!begins && progress.done !== progress.total && now - this.shownAt < PLAIN_EVERY_MS) return;
    [this.phase, this.shownAt] = [progress.phase, now];
    this.line(begins ? firstLine(progress) : plainLine(progress, secondsLeft));
  }

  details(): void {}

  line(text: string): void {
    this.stream.write(`${text}\n`);
  }

  end(): void {}
}

const REDRAWS_A_SECOND = 8;

/** One line at the bottom, drawn again and again; lines that stay scroll above it. */
class BarDisplay implements ProgressDisplay {
  private readonly clock = new PhaseClock();
  private readonly bars: cliProgress.MultiBar;
  private bar: cliProgress.SingleBar | undefined;
  private shown = { text: '' };
  private detailsNow = '';
  private last: JobProgress | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.bars = new cliProgress.MultiBar({
      stream, fps: REDRAWS_A_SECOND, hideCursor: true, linewrap: true, clearOnComplete: true, gracefulExit: false,
      forceRedraw: true, format: (_options, _params, payload: { text: string }) => payload.text,
    });
  }

  progress(progress: JobProgress): void {
    this.last = progress;
    this.draw();
  }

  details(text: string): void {
    this.detailsNow = text;
    this.draw();
  }

  line(text: string): void {
    this.bar ??= this.bars.create(1, 0, this.shown);
    this.bars.log(`${text}\n`);
  }

  end(): void {
    if (!this.bar) return;
    // Lines that stay wait for the next drawing: there is none any more but this one.
    this.bars.update();
    this.bars.stop();
  }

  private draw(): void {
    if (!this.last) return;
    this.shown.text = barLine(this.last, this.clock.secondsLeft(this.last, Date.now()), this.detailsNow);
    this.bar ??= this.bars.create(1, 0, this.shown);
    this.bar.update(this.shown);
  }
}
