import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { Workplace } from './program.js';

interface Evaluation {
  photos: number;
  aucRebalanced: number;
  baselines: { gray: { aucRebalanced: number } };
}

const place = new Workplace();
afterAll(() => place.remove());

/** Enough to leave gray behind; a whole demonstration takes about ten times as many. */
const STEPS = '60';

test('demo does the whole job, beats gray on pictures it never saw, and says where everything lies', async () => {
  const { code, out, err } = await place.run('demo', '--steps', STEPS, '--seed', '1');
  expect(code, err).toBe(0);
  expect(out).toContain(`Everything is in ${place.path('chromabench-demo')}:`);
  expect(out).toMatch(/rare colours counting as much as common ones, it beats leaving the photographs gray by \d+\.\d points/);
  expect(readdirSync(place.path('chromabench-demo')).sort()).toEqual(['charts', 'colorized', 'contact-sheet.png', 'evaluation.json', 'report.html', 'run']);
  expect(readdirSync(place.path('chromabench-demo/colorized')).filter((name) => name.endsWith('.png'))).toHaveLength(13);
  const evaluation = JSON.parse(readFileSync(place.path('chromabench-demo/evaluation.json'), 'utf8')) as Evaluation;
  expect({ photos: evaluation.photos, baselines: Object.keys(evaluation.baselines) }).toEqual({ photos: 13, baselines: ['gray', 'mostCommon', 'random'] });
  expect(evaluation.aucRebalanced).toBeGreaterThan(evaluation.baselines.gray.aucRebalanced + 1);
  expect(await sharp(place.path('chromabench-demo/contact-sheet.png')).metadata()).toMatchObject({ format: 'png', width: 1638 });
}, 600_000);

test('demo does not write into a folder that holds something', async () => {
  const { code, err } = await place.run('demo', '--out', '.');
  expect(code).toBe(1);
  expect(err).toContain(`${place.folder} holds something already, and nothing is overwritten. Choose another place. Option: --out`);
});
