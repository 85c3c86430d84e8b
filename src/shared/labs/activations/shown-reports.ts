/** The reports of a comparison that charts are drawn from, as many as a window can hold. */
import { thinned } from '../../run/thinned.js';
import type { ActivationsReport, Variant } from './results.js';

/** Each step of a training once: after a resume a step can appear twice, and the last line of it counts. */
export function newestReports(reports: readonly ActivationsReport[]): ActivationsReport[] {
  return [...new Map(reports.map((report) => [`${nameOf(report)} ${report.step}`, report])).values()];
}

function nameOf({ activation, normalization, run }: Variant): string {
  return `${activation} ${normalization} ${run}`;
}

/**
 * Of a long comparison every so many epochs of all trainings (a power of two), and reports between them evenly thinned. What goes on in the layers stays of the
 * first run alone, which is the one that is shown.
 * @param most Reports with a test, and reports without one, that are handed over at most, about.
 */
export function shownReports(reports: readonly ActivationsReport[], most: number): ActivationsReport[] {
  const all = newestReports(reports);
  const tests = all.filter(({ test }) => test !== undefined);
  const last = new Map(tests.map((report) => [nameOf(report), report.epoch]));
  const everySo = (every: number) => tests.filter((report) => report.epoch % every === 0 || report.epoch === last.get(nameOf(report)));
  // Powers of two: what is left of a list can be thinned again as it grows. The last ones stay.
  let every = 1;
  while (everySo(every).length > Math.max(most, 2 * last.size)) every *= 2;
  const kept = new Set(everySo(every));
  const between = new Set(thinned(all.filter(({ test }) => test === undefined), most));
  return all.filter((report) => kept.has(report) || between.has(report)).map(withoutHiddenLayers);
}

function withoutHiddenLayers(report: ActivationsReport): ActivationsReport {
  return report.test && report.run > 0 ? { ...report, test: { ...report.test, layers: [] } } : report;
}
