import { expect, test } from 'vitest';
import { doctor } from '../../../../src/main/core/doctor/index.js';

test('this machine is fit to train: the real engine answers from a process of its own', async () => {
  const report = await doctor();
  expect(report.problems.filter(({ severity }) => severity === 'fault')).toEqual([]);
  expect(report.engine).toMatchObject({ tensorflow: expect.stringMatching(/^2\./), sharp: expect.stringMatching(/^0\./) });
  expect(report.processor.threads).toBeGreaterThan(0);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('nothing native is loaded into the process that asks', () => {
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
  expect(sharedObjects.filter((path) => /tensorflow|tfjs_binding/.test(path))).toEqual([]);
});
