import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWithSamples, sharedPath } from '../helpers/shared.js';
import { checkout, photographs, Workplace } from './program.js';

const place = new Workplace();
afterAll(() => place.remove());

/** A small folder with one file of several fates. */
beforeAll(() => {
  const folder = place.path('photos');
  mkdirSync(join(folder, 'hills'), { recursive: true });
  const [first, second] = readdirSync(join(photographs, 'training')).map((name) => join(photographs, 'training', name));
  cpSync(first, join(folder, 'hills', 'one.jpg'));
  cpSync(first, join(folder, 'hills', 'same.jpg'));
  cpSync(second, join(folder, 'two.jpg'));
  writeFileSync(join(folder, 'cut.jpg'), readFileSync(second).subarray(0, 4000));
  writeFileSync(join(folder, 'letter.jpg'), 'Dear reader');
});

describe('inspect', () => {
  test('counts every file by fate and says why some are not used', async () => {
    const { code, out } = await place.run('inspect', 'photos');
    expect(code).toBe(0);
    expect(out).toMatch(/photos: 5 files\n {2}photographs to learn from {2}2\n/);
    expect(out).toContain('hills/same.jpg (duplicate): The same picture as hills/one.jpg.');
    expect(out).toContain('letter.jpg (not-a-picture): Not a picture: its content is text.');
    expect(out).toMatch(/131,072 pixels; at a window of 10 ab units they fill \d+ colour bins\./);
  });

  test('as JSON: one document on standard output, progress elsewhere', async () => {
    const { code, out, err } = await place.run('inspect', 'photos', '--window', '5', '--json');
    expect(code).toBe(0);
    const document = JSON.parse(out) as Record<string, unknown> & { histogram: number[][] };
    expect(document).toMatchObject({
      window: 5, files: 5, pixels: 131072,
      counts: { used: 2, duplicate: 1, damaged: 1, 'not-a-picture': 1 },
    });
    expect(document.histogram.reduce((sum, [, , count]) => sum + count, 0)).toBe(131072);
    expect(err).toContain('Reading photographs');
  });

  test('--only looks into the subfolders named', async () => {
    const { out } = await place.run('inspect', 'photos', '--only', 'hills', '--json');
    expect(JSON.parse(out)).toMatchObject({ files: 2, counts: { used: 1, duplicate: 1 } });
  });

  test('a folder that is not there is a failure with a sentence', async () => {
    const { code, out, err } = await place.run('inspect', 'nowhere', '--json');
    expect(code).toBe(1);
    const message = `There is no folder ${place.path('nowhere')}. Check the path.`;
    expect(JSON.parse(out)).toEqual({ error: { kind: 'failed', message } });
    expect(err).toBe(`${message}\n`);
  });

  test('a reader that has seen enough is no error', async () => {
    const command = `"${process.execPath}" "${join(checkout, 'bin/chromabench.mjs')}" inspect "${place.path('photos')}" | head -n 1`;
    const [out, err] = await new Promise<[string, string]>((resolve) => {
      execFile('bash', ['-o', 'pipefail', '-c', command], (_, ...written) => resolve(written));
    });
    expect(out).toBe(`${place.path('photos')}: 5 files\n`);
    expect(err).not.toMatch(/EPIPE|Error/);
  });

  test('leaves the folder as it is', () => {
    expect(readdirSync(place.path('photos'), { recursive: true }).sort()).toEqual(
      ['cut.jpg', 'hills', 'hills/one.jpg', 'hills/same.jpg', 'letter.jpg', 'two.jpg'].sort(),
    );
  });
});

describeWithSamples('inspect on strange files', () => {
  test('accounts for every one of them', async () => {
    const { code, out } = await place.run('inspect', sharedPath('data/awkward'), '--json');
    expect(code).toBe(0);
    const { files, counts, excluded } = JSON.parse(out) as { files: number; counts: Record<string, number>; excluded: { reason: string }[] };
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(files);
    expect(excluded).toHaveLength(files - counts.used);
    for (const { reason } of excluded) expect(reason).toMatch(/^[A-Z0-9].*\.$/);
  });
});
