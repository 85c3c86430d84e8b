import { expect, test } from 'vitest';
import { filtered, ordered, runsTable } from '../../src/renderer/views/runs/run-columns.js';
import type { RunSummary } from '../../src/shared/contract/run-view.js';

const run = (name: string, changes: Partial<RunSummary> = {}): RunSummary => ({ id: name.padStart(16, '0'), name, path: `/runs/${name}`, state: 'finished', changedAt: 0, ...changes });
const best = (loss: number) => ({ best: { step: 1, loss, auc: 90 - loss, aucRebalanced: 70 } });
const runs = [run('b', best(3)), run('A', { state: 'unreadable' }), run('c', { ...best(2), preset: 'seed', folder: '/photos/Old Town' })];
const names = (list: RunSummary[]) => list.map(({ name }) => name).join('');

test('runs are put in order by any column, those without a value last whichever way', () => {
  expect(names(ordered(runs, { key: 'name', descending: false }))).toBe('Abc');
  expect(names(ordered(runs, { key: 'loss', descending: false }))).toBe('cbA');
  expect(names(ordered(runs, { key: 'loss', descending: true }))).toBe('bcA');
  expect(names(ordered(runs, { key: 'no such column', descending: true }))).toBe('bAc');
});

test('runs are found by every word, wherever it stands', () => {
  expect(names(filtered(runs, 'town SEED'))).toBe('c');
  expect(names(filtered(runs, 'cannot be read'))).toBe('A');
  expect(names(filtered(runs, ' '))).toBe('bAc');
});

test('the table is saved in plain numbers, a row a run', () => {
  const { table } = runsTable(runs);
  expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
  expect(table.rows[2][table.columns.indexOf('best loss (nats)')]).toBe(2);
  expect(table.rows[1][table.columns.indexOf('best loss (nats)')]).toBeNull();
});
