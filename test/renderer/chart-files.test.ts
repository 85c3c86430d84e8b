import { expect, test } from 'vitest';
import { svgOf } from '../../src/renderer/charts/chart-files.js';
import { comparedChart } from '../../src/shared/charts/compared-curves.js';
import { fitted } from '../../src/renderer/charts/fitted.js';
import { csvOf } from '../../src/shared/charts/table-file.js';
import type { MetricsLine } from '../../src/shared/run/metrics.js';

function line(step: number, loss: number): MetricsLine {
  const validation = { loss, auc: 80, aucRebalanced: 70, spread: 1 };
  return { step, epoch: 0, seconds: step, loss, penalty: 0, rate: 1, waitShare: 0, photographsASecond: 1, patchesASecond: 1, secondsLeft: 0, memory: 1, validation };
}

const chart = comparedChart([{ name: 'one', metrics: [line(10, 4), line(20, 3)] }, { name: 'two, "later"', metrics: [line(10, 5)] }], 'loss');

test('a table becomes CSV as RFC 4180 has it', () => {
  expect(csvOf(chart.table)).toBe('run,step,weighted cross-entropy (nats)\r\none,10,4\r\none,20,3\r\n"two, ""later""",10,5\r\n');
});

test('a chart is drawn without a page, at its own size', () => {
  expect(svgOf(chart)).toMatch(/^<svg width="960" height="540"/);
});

test('fitted into a window, its plot fills the room it is given', () => {
  const { grid, title } = fitted(chart, { width: 400, height: 200 }) as { grid: { left: number; top: number; width: number; height: number }[]; title: unknown };
  const [{ left, top, width, height }] = grid;
  expect(title).toBeUndefined();
  expect(left + width).toBeLessThanOrEqual(400);
  expect(top + height).toBeLessThanOrEqual(200);
  expect(width).toBeGreaterThan(300);
  expect(height).toBeGreaterThan(120);
});
