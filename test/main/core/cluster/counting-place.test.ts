import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countingPlace } from '../../../../src/main/core/cluster/counting-place.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

it('looks through few photographs here and many there, where the machines see them', async () => {
  const folder = await temporaryFolder('many');
  await mkdir(join(folder, 'deep'));
  await Promise.all(Array.from({ length: 12 }, (_, k) => writeFile(join(folder, k % 2 ? 'deep' : '.', `${k}.jpg`), '')));
  expect(await countingPlace(folder, '/shared', 'auto', 12)).toBe('here');
  expect(await countingPlace(folder, '/shared', 'auto', 11)).toBe('cluster');
  expect(await countingPlace(folder, undefined, 'auto', 11)).toBe('here');
  expect(await countingPlace(folder, '/shared', 'here', 1)).toBe('here');
  expect(await countingPlace(folder, '/shared', 'cluster')).toBe('cluster');
  expect(await countingPlace('s3://bucket/coast', 's3://bucket/coast', 'here')).toBe('cluster');
  expect(await countingPlace(join(folder, 'gone'), '/shared')).toBe('here');
});
