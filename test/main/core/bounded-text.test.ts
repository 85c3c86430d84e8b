import { truncateSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boundedText } from '../../../src/main/core/bounded-text.js';
import { openLab } from '../../../src/main/core/labs/lab-folder.js';
import { readPoints } from '../../../src/main/core/labs/regularization/points.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const place = await temporaryFolder('bounded');
const GIGABYTES = 8 * 2 ** 30;

/** A file that says that it holds so much, and takes no room. */
function huge(name: string): string {
  const path = join(place, name);
  writeFileSync(path, '');
  truncateSync(path, GIGABYTES);
  return path;
}

describe('a text within a bound', () => {
  it('is read whole, up to its last byte', async () => {
    writeFileSync(join(place, 'small.txt'), 'größer\n');
    expect(await boundedText(join(place, 'small.txt'), 9)).toBe('größer\n');
    await expect(boundedText(join(place, 'small.txt'), 8)).rejects.toThrow('small.txt holds 1 kB, more than such a file can');
    await expect(boundedText(place, 8)).rejects.toThrow('is no file');
    await expect(boundedText(join(place, 'none'), 8)).rejects.toThrow('ENOENT');
  });

  it('keeps files of gigabytes out of the memory, in a sentence that names them', async () => {
    await expect(readPoints({ kind: 'csv', file: huge('points.csv') })).rejects.toThrow('points.csv holds 8.6 GB, more than such a file can');
    await mkdir(join(place, 'run'));
    huge('run/lab.json');
    await expect(openLab(join(place, 'run'))).rejects.toThrow('lab.json holds 8.6 GB');
  });
});
