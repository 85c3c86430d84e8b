/** Times of several runs of a graph: the first also prepares, and is told apart. */

/** `First run 12.3 ms, median of 2 more 4.56 ms` @param seconds Of each run, at least one. */
export function runTimes(seconds: readonly number[]): string {
  const more = seconds.length > 1 ? `, median of ${seconds.length - 1} more ${milliseconds(medianOfRuns(seconds))}` : '';
  return `First run ${milliseconds(seconds[0])}${more}`;
}

/** Seconds; without the first where there are more. */
export function medianOfRuns(seconds: readonly number[]): number {
  const sorted = (seconds.length > 1 ? seconds.slice(1) : [...seconds]).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function milliseconds(seconds: number): string {
  return `${Number((1000 * seconds).toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 3 })} ms`;
}
