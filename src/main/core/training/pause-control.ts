/** Lets whoever started a training pause it and let it go on; the training looks between steps. */
export class PauseControl {
  private wake: (() => void)[] = [];
  private isPaused = false;

  get paused(): boolean {
    return this.isPaused;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    for (const wake of this.wake.splice(0)) wake();
  }

  /** Waits until it is resumed, or stopped. */
  async whilePaused(signal: AbortSignal): Promise<void> {
    if (!this.isPaused || signal.aborted) return;
    let wake = () => {};
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.wake.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
    signal.removeEventListener('abort', wake);
  }
}
