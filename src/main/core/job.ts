/**
 * What a long-running function of the core is handed: a way to stop it and a way to tell how far it is.
 * Reader and writer of progress are two interfaces; core functions see the writer only.
 */
export interface Progress {
  /** What is being done, in a few words: `Reading photographs`. */
  phase: string;
  /** Units done so far. */
  done: number;
  /** Units in all; absent while it is not known. */
  total?: number;
  /** Plural noun of the unit: `photographs`, `steps`. */
  unit: string;
  /** Seconds left, where it can be told. */
  secondsLeft?: number;
}

export interface ProgressWriter {
  /** Cheap to call often; hosts thin it out. */
  progress(progress: Progress): void;
  /** A fact worth a line in the log: a skipped file, a checkpoint written. */
  note(message: string, level?: 'info' | 'warning'): void;
  /** A structured event of the job's kind (a metrics line, a preview), typed by the contract. */
  emit(name: string, data: unknown): void;
}

export interface JobContext {
  signal: AbortSignal;
  progress: ProgressWriter;
}

/** A context for callers that neither stop nor watch: tests and small jobs. */
export function quietContext(signal: AbortSignal = new AbortController().signal): JobContext {
  return { signal, progress: { progress() {}, note() {}, emit() {} } };
}
