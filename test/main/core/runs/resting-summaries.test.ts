import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RestingSummaries } from '../../../../src/main/core/runs/resting-summaries.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

it('keeps the summaries that are asked for, and forgets the one that nobody has asked for for longest', async () => {
  const folder = await temporaryFolder('resting');
  const summaries = new RestingSummaries<{ state: string }>(['run.json'], 2);
  const read: string[] = [];
  const ask = async (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    if (!read.includes(name)) writeFileSync(join(folder, name, 'run.json'), name);
    await summaries.of(join(folder, name), () => {
      read.push(name);
      return Promise.resolve({ state: 'finished' });
    });
  };
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(name);
  expect(read).toEqual(['a', 'b', 'c', 'b']);
});
