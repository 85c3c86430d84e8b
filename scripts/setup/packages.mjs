/** The npm packages of a checkout, exactly as package-lock.json names them. */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, runInTheOpen } from './command.mjs';
import { SetupFault } from './fault.mjs';
import { say } from './report.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/**
 * Installs what is missing, without install scripts.
 * @param {string} checkout
 * @throws {SetupFault}
 */
export async function ensurePackages(checkout) {
  if (await packagesInPlace(checkout)) return;
  say('Installing the npm packages');
  const npm = npmCommand();
  // Also where NODE_ENV or npm's own settings would leave some out: the build needs those for development, sharp the optional ones.
  const all = ['--include=dev', '--include=optional', '--include=peer'];
  // Which Node the packages for a desktop window would like better is of no concern to whoever starts the program: errors are.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runInTheOpen(npm.program, [...npm.args, 'ci', '--ignore-scripts', ...quiet, ...all], { cwd: checkout });
  if (code !== 0) {
    throw new SetupFault(`npm could not install the packages (exit code ${code}; its own message stands above). Check the network and run the same command again.`);
  }
  if (!(await packagesInPlace(checkout))) {
    throw new SetupFault("npm ended well but left packages out. Check npm's settings (`npm config list`: omit, include, dry-run) and run the same command again.");
  }
}

/**
 * Whether node_modules is what package-lock.json asks for. npm writes node_modules/.package-lock.json as the last act of
 * an installation, so one that was cut short does not match; optional packages may be absent (other platforms').
 * @param {string} checkout
 */
export async function packagesInPlace(checkout) {
  const wanted = await readLock(join(checkout, 'package-lock.json'));
  const present = await readLock(join(checkout, 'node_modules', '.package-lock.json'));
  if (!wanted?.packages || !present?.packages) return false;
  const installed = present.packages;
  for (const [path, { version, optional }] of Object.entries(wanted.packages)) {
    if (path === '') continue;
    if (!installed[path] ? !optional : installed[path].version !== version) return false;
  }
  const found = await Promise.all(Object.keys(installed).map((path) => isThere(join(checkout, path, 'package.json'))));
  return found.every(Boolean);
}

/**
 * @param {string} path
 * @returns {Promise<Lock | undefined>}
 */
async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function isThere(path) {
  return access(path).then(() => true, () => false);
}

/** The npm that started this process, else the PATH's. */
function npmCommand() {
  const starter = process.env.npm_execpath;
  if (starter && /npm-cli\.[cm]?js$/.test(starter)) return { program: process.execPath, args: [starter] };
  const npm = process.platform === 'win32' ? undefined : findProgram(['npm']);
  if (!npm) throw new SetupFault('npm was not found. Start this through npm: `npm start` or `npm test`.');
  return { program: npm, args: [] };
}
