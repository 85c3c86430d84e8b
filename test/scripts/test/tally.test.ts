import { expect, test } from 'vitest';
import { addUp, lastLine, SAMPLES_MARK, single, skippedWithoutNeed, succeeded, tallyVitest } from '../../../scripts/test/tally.mjs';

const file = (status: string, ...tests: string[]) => ({ name: 'a.test.ts', status, assertionResults: tests.map((one) => ({ status: one })) });
const report = (passed: number, failed: number, pending: number, testResults = [file('passed')]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: 0,
  testResults,
});

test('passed, failed and skipped tests are counted', () => {
  expect(tallyVitest(report(5, 2, 1, [file('failed', 'failed')]), 1)).toEqual({ passed: 5, failed: 2, skipped: 1 });
});

test('a file that could not be loaded is one failure', () => {
  expect(tallyVitest(report(5, 0, 0, [file('passed', 'passed'), file('failed')]), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test('a failure outside any test is one failure', () => {
  expect(tallyVitest(report(5, 0, 0), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test('a run without tests and a runner that died are failures', () => {
  expect(tallyVitest(report(0, 0, 0, []), 0).failed).toBe(1);
  expect(tallyVitest(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('the last line tells of skipped tests only where there are some', () => {
  expect(lastLine(addUp([single(true), single(false), { passed: 3, failed: 0, skipped: 0 }]))).toBe('4 passed, 1 failed');
  expect(lastLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
});

test('a skipped test that may not be is a failure of the run', () => {
  expect(succeeded({ passed: 3, failed: 0, skipped: 1 }, 0)).toBe(true);
  expect(succeeded({ passed: 3, failed: 0, skipped: 1 }, 1)).toBe(false);
  expect(succeeded({ passed: 3, failed: 1, skipped: 0 }, 0)).toBe(false);
});

test('skips for want of the sample photographs are told by the title of their suite', () => {
  const tests = [
    { status: 'passed', ancestorTitles: [] },
    { status: 'skipped', ancestorTitles: [`a folder${SAMPLES_MARK}`, 'inside'] },
    { status: 'pending', ancestorTitles: ['Python'] },
    { status: 'todo' },
  ];
  expect(skippedWithoutNeed({ ...report(1, 0, 3), testResults: [{ ...file('passed'), assertionResults: tests }] })).toBe(2);
  expect(skippedWithoutNeed(undefined)).toBe(0);
});
