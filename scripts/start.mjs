/** `npm start`: sets up, builds, and opens the window. */
import { join } from 'node:path';
import { checkout, setUp } from './setup.mjs';
import { cacheFolder, dropDownloads } from './setup/cache.mjs';
import { standAside } from './setup/command.mjs';
import { SetupFault } from './setup/fault.mjs';
import { say } from './setup/report.mjs';
import { build } from './steps/build.mjs';

/** @param {readonly string[]} args Handed on to the window: a folder, `--browser`, `--no-open`, `--port`. */
async function start(args) {
  await setUp();
  await dropDownloads(cacheFolder());
  say('Building');
  if ((await build()) !== 0) throw new SetupFault('The build failed; the compiler names the places above.');
  return standAside(process.execPath, [join(checkout, 'bin', 'chromabench.mjs'), 'window', ...args]);
}

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupFault)) throw error;
  say(`\n${error.message}`);
  process.exitCode = 1;
}
