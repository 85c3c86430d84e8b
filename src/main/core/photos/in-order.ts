/**
 * Work on many items at a time whose results come one by one, in the order of the items.
 */

/**
 * @param ahead So many items are begun before the first of them is done.
 * @param work What it throws ends the whole.
 * @param signal Ends the whole at once: work under way is not waited for, and its outcome is dropped.
 */
export async function* inOrder<T, R>(items: readonly T[], ahead: number, work: (item: T) => Promise<R>, signal: AbortSignal): AsyncGenerator<R> {
  const aborted = abortion(signal);
  const begun: Promise<R>[] = [];
  for (let next = 0; next < items.length || begun.length > 0; ) {
    while (begun.length < ahead && next < items.length) begun.push(handled(work(items[next++])));
    yield await Promise.race([begun.shift()!, aborted]);
    signal.throwIfAborted();
  }
}

/** Rejects when the signal says so. */
function abortion(signal: AbortSignal): Promise<never> {
  return handled(
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  );
}

/** The same promise, whose rejection is no fault of the program when nobody waits for it any more. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
