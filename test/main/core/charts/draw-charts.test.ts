import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawCharts } from '../../../../src/main/core/charts/index.js';
import { resumesIn } from '../../../../src/main/core/charts/sources.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { resumeTraining, train } from '../../../../src/main/core/training/index.js';
import { Recorder } from '../training/recorder.js';
import { smallConfig, smallSet } from '../training/small-set.js';

let place: string;
let photographs: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'chromabench-charts-'));
  process.env['CHROMABENCH_CACHE'] = join(place, 'cache');
  photographs = await smallSet(24);
});

afterAll(async () => {
  await Promise.all([place, photographs].map((folder) => rm(folder, { recursive: true, force: true })));
});

describe('charts of a folder of photographs', () => {
  it('are drawn in every format, and their numbers add up to the pixels', async () => {
    const out = join(place, 'folder');
    const { kind, files } = await drawCharts({ source: photographs, out, formats: ['svg', 'png', 'csv', 'json'], window: 5 }, quietContext());
    expect(kind).toBe('photographs');
    const names = ['ab-histogram', 'used-tiles-window-5', 'prior-and-weights'].flatMap((name) => ['svg', 'png', 'csv', 'json'].map((format) => `${name}.${format}`));
    expect(files).toEqual(names.map((name) => join(out, name)));
    expect((await readdir(out)).sort()).toEqual([...names].sort());

    const csv = await readFile(join(out, 'ab-histogram.csv'), 'utf8');
    const [header, ...lines] = csv.trimEnd().split('\r\n');
    expect(header).toBe('a from,b from,pixels');
    expect(lines.reduce((sum, line) => sum + Number(line.split(',')[2]), 0)).toBe(24 * 64 * 64);
    const json = JSON.parse(await readFile(join(out, 'ab-histogram.json'), 'utf8')) as { rows: Record<string, number>[] };
    expect(json.rows.reduce((sum, row) => sum + row.pixels, 0)).toBe(24 * 64 * 64);
    expect((await readFile(join(out, 'ab-histogram.png'))).subarray(1, 4).toString()).toBe('PNG');
  });

  it('overwrite nothing unless told', async () => {
    const out = join(place, 'kept');
    await mkdir(out);
    await writeFile(join(out, 'used-tiles-window-10.svg'), 'mine');
    const options = { source: photographs, out, formats: ['svg'] as const };
    await expect(drawCharts(options, quietContext())).rejects.toThrow('used-tiles-window-10.svg is there already and is not overwritten');
    expect(await readdir(out)).toEqual(['used-tiles-window-10.svg']);
    expect(await readFile(join(out, 'used-tiles-window-10.svg'), 'utf8')).toBe('mine');
    await drawCharts({ ...options, overwrite: true }, quietContext());
    expect(await readFile(join(out, 'used-tiles-window-10.svg'), 'utf8')).toContain('</svg>');
  });

  it('end where they are stopped, and say what is missing', async () => {
    const out = join(place, 'none');
    await expect(drawCharts({ source: photographs, out, formats: ['svg'] }, quietContext(AbortSignal.abort()))).rejects.toThrow();
    await expect(drawCharts({ source: photographs, out, formats: ['tensorboard'] }, quietContext())).rejects.toThrow('has no training curves for TensorBoard');
    await mkdir(join(place, 'empty'));
    await expect(drawCharts({ source: join(place, 'empty'), out, formats: ['svg'] }, quietContext())).rejects.toThrow('holds no photograph that can be used');
    await writeFile(join(place, 'file'), '');
    await expect(drawCharts({ source: photographs, out: join(place, 'file'), formats: ['svg'] }, quietContext())).rejects.toThrow(/file/);
  });
});

describe('charts of a run', () => {
  it('show bins, weights, curves with the place where it was resumed, and the filters of every layer', async () => {
    const run = join(place, 'run');
    const stopping = new Recorder((name, data, recorder) => {
      if (name === 'metrics' && (data as { step: number }).step === 10) recorder.stop();
    });
    await train({ folder: photographs, out: run, config: smallConfig('budget.steps=20') }, stopping).catch(() => undefined);
    await resumeTraining({ run }, quietContext());

    const out = join(place, 'run-charts');
    const { kind, files } = await drawCharts({ source: run, out, formats: ['csv', 'svg', 'tensorboard'] }, quietContext());
    expect(kind).toBe('run');
    const names = files.map((file) => file.slice(out.length + 1));
    expect(names).toEqual(expect.arrayContaining(['used-tiles-window-10.svg', 'prior-and-weights.csv', 'loss.svg', 'auc.csv', 'events.out.tfevents.chromabench']));
    const { training } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')).data as { training: number };
    const colours = (await readFile(join(out, 'ab-histogram.csv'), 'utf8')).trimEnd().split('\r\n').slice(1);
    expect(colours.reduce((sum, row) => sum + Number(row.split(',')[2]), 0)).toBe(training * 64 * 64);
    expect(names.filter((name) => /^filters-.*\.svg$/.test(name)).length).toBeGreaterThan(3);
    expect(await readFile(join(out, 'loss.svg'), 'utf8')).toContain('resumed');
    const steps = (await readFile(join(out, 'loss.csv'), 'utf8')).trimEnd().split('\r\n').slice(1).map((line) => Number(line.split(',')[0]));
    expect(steps).toEqual([5, 10, 15, 20]);
  });

  it('of several are drawn over each other, by steps and by minutes, under names that tell them apart', async () => {
    const runs = ['one', 'other'].map((folder) => join(place, folder, 'run'));
    for (const [k, out] of runs.entries()) {
      await mkdir(join(place, ['one', 'other'][k]));
      await train({ folder: photographs, out, config: smallConfig('budget.steps=10', `seed=${k + 1}`, 'checkpoints.every=5') }, quietContext());
    }
    const out = join(place, 'compared');
    const { kind, files } = await drawCharts({ source: runs[0], besides: [runs[1]], out, formats: ['svg', 'csv'] }, quietContext());
    expect(kind).toBe('runs');
    expect(files).toHaveLength(8);
    const rows = async (name: string) => (await readFile(join(out, `${name}.csv`), 'utf8')).trimEnd().split('\r\n').map((line) => line.split(','));
    const [head, ...steps] = await rows('compared-auc');
    expect(head).toEqual(['run', 'step', 'rebalanced AuC (%)']);
    expect(steps.map(([run, step]) => [run, step])).toEqual([['one/run', '5'], ['one/run', '10'], ['other/run', '5'], ['other/run', '10']]);
    const lines = (await readFile(join(runs[1], 'metrics.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { seconds: number; validation?: { loss: number } });
    const validated = lines.filter(({ validation }) => validation);
    const minutes = (await rows('compared-loss-by-minutes')).slice(3);
    expect(minutes.map(([, at, loss]) => [Number(at), Number(loss)])).toEqual(validated.map(({ seconds, validation }) => [seconds / 60, validation?.loss]));
    expect(await readFile(join(out, 'compared-auc-by-minutes.svg'), 'utf8')).toContain('minutes of training');
  });

  it('are not drawn beside what is no run', async () => {
    const options = { source: join(place, 'one', 'run'), besides: [photographs], out: join(place, 'mixed'), formats: ['svg'] as const };
    await expect(drawCharts(options, quietContext())).rejects.toThrow(/run\.json|no run/);
  });

  it('know from the log where it was taken up again', () => {
    const log = '2026-01-01T00:00:00.000Z training from step 0 to 100\n2026-01-01T00:01:00.000Z stopped at step 40 of 100\n2026-01-01T00:02:00.000Z training from step 40 to 100\n';
    expect(resumesIn(log)).toEqual([40]);
    expect(resumesIn('')).toEqual([]);
  });
});
