import { expect, test } from 'vitest';
import { sentenceOfEnding } from '../../../src/main/engine/ending.js';
import { LogTail } from '../../../src/main/engine/log-tail.js';

test.each([
  [{ code: 7, signal: null }, '', 'The job ended without a result (exit code 7).'],
  [{ code: null, signal: 'SIGTERM' }, '', 'The job was ended from outside (SIGTERM).'],
  [{ code: null, signal: 'SIGILL' }, '', 'The job met an instruction that this processor does not have (SIGILL); `chromabench doctor` says what it offers.'],
  [{ code: null, signal: 'SIGSEGV' }, 'some words', 'The job crashed in native code (SIGSEGV).'],
  [{ code: null, signal: 'SIGABRT' }, "terminate called after throwing an instance of 'std::bad_alloc'", 'The job ran out of memory. Close other programs, or choose smaller settings (batch, patch, width).'],
] as const)('%j with the log %j', (exit, log, sentence) => {
  expect(sentenceOfEnding(exit, log)).toBe(sentence);
});

test('of a long log the end is kept', () => {
  const log = new LogTail();
  for (let line = 0; line < 5000; line++) log.add(`line ${line}\n`);
  expect(log.text.length).toBeLessThanOrEqual(8000);
  expect(log.text).toMatch(/line 4999$/);
});
