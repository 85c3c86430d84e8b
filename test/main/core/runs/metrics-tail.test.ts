import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { MetricsTail } from '../../../../src/main/core/runs/metrics-tail.js';
import { parseMetrics } from '../../../../src/shared/run/metrics.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { lineAt } from './new-run.js';

let run: string;
let file: string;
beforeEach(async () => {
  run = await temporaryFolder('metrics');
  file = join(run, 'metrics.jsonl');
});

const text = (...steps: number[]) => steps.map((step) => `${JSON.stringify(lineAt(step, 1 / step))}\n`).join('');

describe('reports that are read on', () => {
  it('are those of the whole file, whatever was added between two glances', async () => {
    const tail = new MetricsTail();
    expect(await tail.read(run)).toEqual([]);
    await writeFile(file, text(1, 2));
    expect((await tail.read(run)).map(({ step }) => step)).toEqual([1, 2]);
    await appendFile(file, text(3).slice(0, 20));
    expect((await tail.read(run)).map(({ step }) => step)).toEqual([1, 2]);
    await appendFile(file, text(3).slice(20) + text(4));
    expect((await tail.read(run)).map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    const [one, other] = await Promise.all([tail.read(run), tail.read(run)]);
    expect(one).toEqual(other);
  });

  it('of steps taken again after a resume are the later ones', async () => {
    const tail = new MetricsTail();
    await writeFile(file, text(10, 20, 30));
    await tail.read(run);
    await appendFile(file, `${JSON.stringify({ ...lineAt(20, 1), loss: 7 })}\n${text(40)}`);
    const lines = await tail.read(run);
    expect(lines).toEqual(parseMetrics(await readFile(file, 'utf8')));
    expect(lines.map(({ step, loss }) => [step, loss === 7])).toEqual([[10, false], [20, true], [30, false], [40, false]]);
  });

  it('of a file that was replaced or became shorter are read anew', async () => {
    const tail = new MetricsTail();
    await writeFile(file, text(1, 2, 3));
    await tail.read(run);
    await writeFile(file, text(5));
    expect((await tail.read(run)).map(({ step }) => step)).toEqual([5]);
    await rm(file);
    await writeFile(file, text(6, 7, 8, 9));
    expect((await tail.read(run)).map(({ step }) => step)).toEqual([6, 7, 8, 9]);
  });

  it('are kept within a bound, and read again beyond it', async () => {
    const tail = new MetricsTail(3);
    const other = await temporaryFolder('metrics');
    await writeFile(file, text(1, 2));
    await writeFile(join(other, 'metrics.jsonl'), text(1, 2, 3));
    await tail.read(run);
    await tail.read(other);
    expect((await tail.read(run)).map(({ step }) => step)).toEqual([1, 2]);
  });
});
