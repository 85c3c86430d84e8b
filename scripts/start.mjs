/** `npm start`: sets up, builds, and opens the window: Electron's where it can be had, else in the browser. */
import { join } from 'node:path';
import { checkout, setUp } from './setup.mjs';
import { cacheFolder, dropDownloads } from './setup/cache.mjs';
import { standAside } from './setup/command.mjs';
import { ClosedWay, SetupFault } from './setup/fault.mjs';
import { say } from './setup/report.mjs';
import { ensureDesktop } from './start/desktop.mjs';
import { build } from './steps/build.mjs';

/** @param {readonly string[]} args Handed on to the window: a folder; `--browser`, `--no-open`, `--port` ask for the browser. */
async function start(args) {
  await setUp();
  await dropDownloads(cacheFolder());
  say('Building');
  if ((await build()) !== 0) throw new SetupFault('The build failed; the compiler names the places above.');
  const electron = await desktopUnless(args.some((word) => word.startsWith('-')));
  if (electron === undefined) return standAside(process.execPath, [join(checkout, 'bin', 'chromabench.mjs'), 'window', ...args]);
  // The engine loads what is native, which is this Node's, not Electron's.
  process.env.CHROMABENCH_NODE = process.execPath;
  return standAside(electron, [checkout, ...args]);
}

/**
 * @param {boolean} browser Asked for.
 * @returns {Promise<string | undefined>} Electron's program.
 */
async function desktopUnless(browser) {
  if (browser) return undefined;
  try {
    return await ensureDesktop(checkout);
  } catch (error) {
    if (!(error instanceof ClosedWay)) throw error;
    say(`The window opens in the browser: ${error.message}.`);
    return undefined;
  }
}

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupFault)) throw error;
  say(`\n${error.message}`);
  process.exitCode = 1;
}
