/** Counting tests: what Vitest's JSON report says, what the run says as a whole, and the last line. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ status: string, ancestorTitles?: string[] }} TestReport
 * @typedef {object} VitestReport The part of Vitest's JSON report that is read.
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, assertionResults: TestReport[] }[]} testResults
 */

/**
 * @param {VitestReport | undefined} report Undefined where the runner died before it wrote one.
 * @param {number} exitCode Of the runner.
 * @returns {Tally} A file that could not be loaded, a run without tests and a failure outside any test count as one failure each.
 */
export function tallyVitest(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'));
  const tally = { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: report.numPendingTests + report.numTodoTests };
  const silentFailure = tally.failed === 0 && (exitCode !== 0 || tally.passed + tally.skipped === 0);
  return silentFailure ? { ...tally, failed: 1 } : tally;
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function addUp(tallies) {
  /** @param {keyof Tally} key */
  const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** @param {boolean} passed @returns {Tally} */
export function single(passed) {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/**
 * @param {Tally} tally
 * @returns {string} `12 passed, 0 failed`, and `, 3 skipped` where some were.
 */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Ends the title of a suite that needs the sample photographs, which lie beside some checkouts only. */
export const SAMPLES_MARK = ' (with the sample photographs)';

/**
 * @param {VitestReport | undefined} report
 * @returns {number} Tests that were skipped though no sample photographs are needed for them.
 */
export function skippedWithoutNeed(report) {
  const tests = (report?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return skipped.filter(({ ancestorTitles = [] }) => !ancestorTitles.some((title) => title.endsWith(SAMPLES_MARK))).length;
}

/**
 * @param {Tally} tally
 * @param {number} forbidden Tests that were skipped and may not be.
 */
export function succeeded({ failed }, forbidden) {
  return failed === 0 && forbidden === 0;
}
