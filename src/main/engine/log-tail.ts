const KEPT_CHARACTERS = 8_000;

/** The last few thousand characters that a process wrote: enough to tell why it died. */
export class LogTail {
  private kept = '';

  add(chunk: string): void {
    this.kept = (this.kept + chunk).slice(-KEPT_CHARACTERS);
  }

  get text(): string {
    return this.kept.trim();
  }
}
