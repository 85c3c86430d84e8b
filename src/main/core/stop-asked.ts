/** Why a job is given up: a person wants its work to end, or this program ends, and what goes on elsewhere goes on. */

/** The reason of a signal by which a person stops a training, as against a program that ends or a job that is cancelled. */
export class StopAsked extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('Stopped.');
  }
}

/** Calls back once a signal aborts, also where it has already. @returns What ends the waiting. */
export function onceAborted(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
  return () => signal.removeEventListener('abort', act);
}
