/** The program as `npm run package` makes it: with a Node of its own, in an archive, away from the checkout. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { electron, root } from './desktop.js';
import { describeJourney } from './journey.js';

describeJourney('packaged', async () => {
  const output = await temporaryFolder('package');
  const args = ['--dir', '--as-built', '--electron', dirname(electron as string), '--output', output];
  await promisify(execFile)(process.execPath, [join(root, 'scripts/package.mjs'), ...args], { cwd: root, maxBuffer: 2 ** 24 });
  const folder = join(output, 'linux-unpacked');
  expect(existsSync(join(folder, 'resources/app.asar'))).toBe(true);
  expect(existsSync(join(folder, 'resources/engine/node'))).toBe(true);
  return join(folder, 'chromabench');
});
