import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());

test('demo does the whole job and says where everything lies', async () => {
  const { code, out, err } = await place.run('demo', '--steps', '2');
  expect(code, err).toBe(0);
  expect(out).toContain(`Everything is in ${place.path('chromabench-demo')}:`);
  expect(out).toMatch(/rebalanced\), that is \d+\.\d (above|below) leaving the photographs gray\./);
  expect(readdirSync(place.path('chromabench-demo')).sort()).toEqual(['charts', 'colorized', 'contact-sheet.png', 'evaluation.json', 'run']);
  expect(readdirSync(place.path('chromabench-demo/colorized')).filter((name) => name.endsWith('.png'))).toHaveLength(13);
  const { photos, baselines } = JSON.parse(readFileSync(place.path('chromabench-demo/evaluation.json'), 'utf8')) as { photos: number; baselines: object };
  expect({ photos, baselines: Object.keys(baselines) }).toEqual({ photos: 13, baselines: ['gray', 'mostCommon', 'random'] });
  expect(await sharp(place.path('chromabench-demo/contact-sheet.png')).metadata()).toMatchObject({ format: 'png', width: 1638 });
}, 300_000);

test('demo does not write into a folder that holds something', async () => {
  const { code, err } = await place.run('demo', '--out', '.');
  expect(code).toBe(1);
  expect(err).toContain(`${place.folder} holds something already, and nothing is overwritten. Choose another place with --out.`);
});
