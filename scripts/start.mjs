/** `npm start`: sets up, builds, and opens the window: Electron's where it can be had, else in the browser. */
import { join } from 'node:path';
import { checkout, setUp, setUpGpu } from './setup.mjs';
import { cacheFolder, dropDownloads } from './setup/cache.mjs';
import { standAside } from './setup/command.mjs';
import { ClosedWay, SetupFault } from './setup/fault.mjs';
import { findDriver } from './setup/gpu-driver.mjs';
import { say } from './setup/report.mjs';
import { ensureDesktop } from './start/desktop.mjs';
import { build } from './steps/build.mjs';

/** @param {readonly string[]} words `--gpu`; the others are handed on to the window: a folder; `--browser`, `--no-open`, `--port` ask for the browser. */
async function start(words) {
  const args = words.filter((word) => word !== '--gpu');
  await setUp();
  if (args.length < words.length && (await gpuIsReady())) process.env.CHROMABENCH_ENGINE = 'gpu';
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
 * Whether the program can be started with the engine for GPUs. Where not, a line says why, and the processor's engine computes as ever.
 * @returns {Promise<boolean>}
 */
async function gpuIsReady() {
  const { fault } = await findDriver();
  try {
    if (fault) throw new SetupFault(`${fault} Nothing was downloaded.`);
    await setUpGpu();
    return true;
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    say(`${error.message}\nThe engine computes on the processor.`);
    return false;
  }
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
