import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { JobOutcome, JobView } from '../../../shared/contract/job.js';
import { noticeOf } from './job-words.js';
import type { OpenJobs } from './open-jobs.js';
import { keepsAwake, taskBarProgress } from './progress-share.js';

/** What the desktop shows of the work outside of the window: progress on the task bar, a notice at its end; no sleep meanwhile. */
export class DesktopSigns {
  private blocker: number | undefined;
  /** Shown notices: one that nobody holds is collected, and its click is lost. */
  private readonly notices = new Set<Notification>();

  constructor(private readonly window: BrowserWindow, private readonly jobs: OpenJobs) {}

  /** Brings the signs up to date. */
  show(): void {
    const { share, mode } = taskBarProgress(this.jobs.all);
    if (!this.window.isDestroyed()) this.window.setProgressBar(share, { mode });
    this.stayAwake(keepsAwake(this.jobs.all));
  }

  /** @param onClick Told when the person follows the notice. */
  tellEnd(job: JobView, outcome: JobOutcome, onClick: () => void): void {
    if (this.window.isFocused() || !Notification.isSupported()) return;
    const words = noticeOf(job, outcome);
    if (!words) return;
    const notice = new Notification(words);
    this.notices.add(notice);
    notice.on('click', onClick);
    notice.on('close', () => this.notices.delete(notice));
    notice.show();
  }

  private stayAwake(wanted: boolean): void {
    if (wanted === (this.blocker !== undefined)) return;
    if (this.blocker !== undefined) powerSaveBlocker.stop(this.blocker);
    this.blocker = wanted ? powerSaveBlocker.start('prevent-app-suspension') : undefined;
  }
}
