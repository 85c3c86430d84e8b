import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGraphFile } from '../../../../src/main/core/graph-files/graph-file.js';
import { writeFrozen } from '../../../../src/main/core/graph-running/freeze-file.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { fixture } from '../frozen-graphs/fixtures.js';

async function written(folder: string, overwrite: boolean): Promise<string[]> {
  const { graph } = await readGraphFile(fixture('gather-resources', 'graph.pb'));
  const { files } = await writeFrozen({ graph, outputs: [graph.node[graph.node.length - 1].name] }, join(folder, 'net.pb'), { loaders: true, overwrite });
  return files;
}

describe('loaders beside a frozen graph', () => {
  it.each([false, true])('never replace a program of the user (overwrite: %s), and nothing is written', async (overwrite) => {
    const folder = await temporaryFolder('freeze-file');
    await writeFile(join(folder, 'net.py'), 'print("mine")\n');
    await expect(written(folder, overwrite)).rejects.toThrow(/net\.py is there already/);
    expect(await readdir(folder)).toEqual(['net.py']);
    expect(await readFile(join(folder, 'net.py'), 'utf8')).toBe('print("mine")\n');
  });

  it('replace those of an earlier time where that is allowed', async () => {
    const folder = await temporaryFolder('freeze-file');
    const files = await written(folder, false);
    await expect(written(folder, false)).rejects.toThrow(/is there already and is not overwritten/);
    expect(await written(folder, true)).toEqual(files);
  });
});
