/**
 * Work on many items at a time whose results come one by one, in the order of the items.
 */

/**
 * @param ahead So many items are begun before the first of them is done.
 * @param work What it throws ends the whole.
 * @param signal Ends the whole at once: work under way is not waited for, and its outcome is dropped.
 */
export async function* inOrder<T, R>(items: readonly T[], ahead: number, work: (item: T) => Promise<R>, signal: AbortSignal): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for (let next = 0; next < items.length || begun.length > 0; ) {
    while (begun.length < ahead && next < items.length) begun.push(handled(work(items[next++])));
    yield await unlessAborted(begun.shift()!, signal);
  }
}

/**
 * The promise's outcome, or at once the signal's reason. (A race against one promise that stands for the signal would keep
 * every result alive as long as that promise.)
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The same promise, whose rejection is no fault of the program when nobody waits for it any more. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
