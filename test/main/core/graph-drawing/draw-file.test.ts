import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drawFile } from '../../../../src/main/core/graph-drawing/draw-file.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { fixture } from '../frozen-graphs/fixtures.js';

it('names the nearest scopes where one that is to be open is not there, and draws nothing', async () => {
  const out = join(await temporaryFolder('draw-file'), 'graph.svg');
  const draw = (open: string[]) => drawFile({ file: fixture('convolution-resources', 'graph.pb'), open, out, overwrite: false });
  await expect(draw(['conf1'])).rejects.toThrow(/The graph has no scope conf1\. Did you mean conv1.*\?$/);
  expect(existsSync(out)).toBe(false);
  expect((await draw(['conv1'])).open).toContain('s:conv1');
});
