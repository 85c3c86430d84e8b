import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ending, photographs, Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());

const training = join(photographs, 'training');
const heldOut = join(photographs, 'held-out');

function json<T>({ out }: Ending): T {
  return JSON.parse(out) as T;
}

interface Trained {
  run: string;
  state: string;
  step: number;
  photographs: { training: number; validation: number; test: number };
}

/** Everything below uses this one run: so short a training that only the way is tested, not the colours. */
let trained: Ending;
beforeAll(async () => {
  writeFileSync(place.path('test.txt'), '# kept for test\nlife-01.jpg\nlife-02.jpg\n');
  writeFileSync(place.path('settings.json'), JSON.stringify({ network: { width: 0.1 }, 'patches.batch': 2, patches: { side: 64 }, photos: { side: 64, validationShare: 0.1 } }));
  trained = await place.run(
    'train', training, '--out', 'run', '--steps', '6', '--seed', '7', '--config', 'settings.json', '--test-list', 'test.txt',
    '--set', 'validation.photos=2', '--set', 'previews.photos=1', '--set', 'checkpoints.every=3', '--json',
  );
});

describe('train', () => {
  test('leaves a run that holds what was asked for', () => {
    expect(trained.code, trained.err).toBe(0);
    expect(json<Trained>(trained)).toMatchObject({ run: place.path('run'), state: 'finished', step: 6, photographs: { test: 2 } });
    const { config } = JSON.parse(readFileSync(place.path('run/run.json'), 'utf8')) as { config: Record<string, Record<string, unknown>> };
    expect(config).toMatchObject({ preset: 'fast', seed: 7, budget: { steps: 6 }, network: { width: 0.1 }, patches: { batch: 2, side: 64 }, checkpoints: { every: 3 } });
    expect(readdirSync(place.path('run'))).toEqual(expect.arrayContaining(['checkpoints', 'colours.json', 'graph.pb', 'log.txt', 'metrics.jsonl', 'previews', 'prior.json', 'run.json', 'split.json']));
  });

  test('does not touch a run that is there', async () => {
    const { code, err } = await place.run('train', training, '--out', 'run', '--steps', '1');
    expect(code).toBe(1);
    expect(err).toContain(`${place.path('run')} holds a run already and is not overwritten.`);
  });

  test('says what a run is that has ended when it is resumed', async () => {
    const { code, out } = await place.run('resume', 'run');
    expect(code).toBe(0);
    expect(out).toContain(`Trained: ${place.path('run')}`);
    expect(out).toContain('6 of 6');
  });
});

describe('colorize', () => {
  test('makes a folder of a folder, lists what fails and ends with 3', async () => {
    writeFileSync(place.path('letter.jpg'), 'Dear reader');
    const ending = await place.run('colorize', 'run', heldOut, 'letter.jpg', '--out', 'coloured', '--format', 'jpeg', '--json');
    expect(ending.code, ending.err).toBe(3);
    const report = json<{ done: number; failed: { path: string; reason: string }[] }>(ending);
    expect(report).toMatchObject({ done: 13, failed: [{ path: place.path('letter.jpg'), reason: 'Not a picture: its content is text.' }] });
    const { format, width, height } = await sharp(place.path('coloured/held-out/bridge-01.jpg')).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 256, height: 256 });
  });

  test('run again, skips what is done', async () => {
    const { code, out } = await place.run('colorize', 'run', heldOut, '--out', 'again');
    expect(code).toBe(0);
    expect(out).toContain(`13 pictures colorized (checkpoint of step `);
    const before = statSync(place.path('again/bridge-01.png')).mtimeMs;
    expect((await place.run('colorize', 'run', heldOut, '--out', 'again')).out).toContain('0 pictures colorized, 13 pictures done before');
    expect(statSync(place.path('again/bridge-01.png')).mtimeMs).toBe(before);
  });

  test('ends with 1 where nothing could be done', async () => {
    const { code, out } = await place.run('colorize', 'run', 'letter.jpg', '--out', 'none');
    expect(code).toBe(1);
    expect(out).toContain('letter.jpg: Not a picture: its content is text.');
  });

  test('asks for a run', async () => {
    const { code, err } = await place.run('colorize', training, heldOut, '--out', 'none');
    expect(code).toBe(1);
    expect(err).toContain('is not a run: it has no run.json.');
  });
});

describe('evaluate', () => {
  test('gives figures of the run and of each baseline', async () => {
    const ending = await place.run('evaluate', 'run', heldOut, '--json');
    expect(ending.code, ending.err).toBe(0);
    const figures = { auc: expect.any(Number) as number, aucRebalanced: expect.any(Number) as number, psnr: expect.any(Number) as number };
    expect(json(ending)).toMatchObject({ photos: 13, ...figures, baselines: { gray: figures, mostCommon: figures, random: figures } });
  });

  test('without a folder, takes what the run kept for test, and keeps what it found', async () => {
    const ending = await place.run('evaluate', 'run', '--json');
    expect(ending.code, ending.err).toBe(0);
    const found = json<{ photos: number; part: string; kept: string; curve: number[] }>(ending);
    expect(found).toMatchObject({ photos: 2, part: 'test' });
    expect(found.curve).toHaveLength(151);
    expect(readFileSync(join(found.kept, 'photographs.csv'), 'utf8')).toMatch(/^life-01\.jpg,/m);
  });

  test('of a list only, and a listed photograph that is missing counts as failed', async () => {
    writeFileSync(place.path('list.txt'), 'bridge-01.jpg\nnowhere.jpg\n');
    const { code, out } = await place.run('evaluate', 'run', heldOut, '--list', 'list.txt');
    expect(code).toBe(3);
    expect(out).toMatch(/^1 photograph of .*held-out, colorized by .*run/);
    expect(out).toMatch(/^ {2}gray +\d+\.\d +\d+\.\d +\d+\.\d dB +0\.0 +0\.00$/m);
    expect(out).toContain('nowhere.jpg: ');
  });
});

describe('report', () => {
  test('of a run in one file, with its newest evaluation', async () => {
    const ending = await place.run('report', 'run', '--out', 'reports/run.html', '--json');
    expect(ending.code, ending.err).toBe(0);
    expect(json(ending)).toMatchObject({ out: place.path('reports/run.html'), evaluation: expect.stringMatching(/^\d{8}-/) });
    const page = readFileSync(place.path('reports/run.html'), 'utf8');
    expect(page).toContain('chromabench train ');
    expect(page).not.toMatch(/<script|src="http|href="http/);
  });

  test('is not written over another file, nor under a name that is no page', async () => {
    const taken = await place.run('report', 'run', '--out', 'reports/run.html');
    expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('is there already and is not overwritten.')]);
    const odd = await place.run('report', 'run', '--out', 'report.pdf');
    expect([odd.code, odd.err]).toEqual([2, expect.stringContaining('It must end with .html or .md.')]);
  });
});

describe('charts', () => {
  test('of a run', async () => {
    const { code, out } = await place.run('charts', 'run', '--out', 'charts', '--format', 'svg,csv');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}loss +svg, csv$/m);
    expect(readFileSync(place.path('charts/loss.svg'), 'utf8')).toMatch(/^<svg /);
    expect(existsSync(place.path('charts/filters-stem.csv'))).toBe(true);
  });

  test('of a folder, which does not replace files that are there', async () => {
    expect((await place.run('charts', heldOut, '--out', 'colours', '--format', 'svg')).code).toBe(0);
    const { code, err } = await place.run('charts', heldOut, '--out', 'colours', '--format', 'svg');
    expect(code).toBe(1);
    expect(err).toContain('is there already and is not overwritten.');
  });
});
