/** Python, which the wheel way needs for pip and the tests for comparison with other programs. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeStage, demandSpace, openStage, publish, withdraw } from './cache.mjs';
import { findProgram, run, tellingLine } from './command.mjs';
import { SetupFault } from './fault.mjs';
import { bytesIn } from './files.mjs';
import { withLock } from './lock.mjs';
import { megabytes, openProgress, say } from './report.mjs';

const names = ['python3', 'python', 'python3.11', 'python3.10', 'python3.9', 'python3.12', 'python3.13'];
const oldest = [3, 9];
const newest = [3, 13];
/** The last Python for which the pinned wheel's version of TensorFlow exists. */
const newestForWheel = [3, 11];
const spaceNeeded = 3e9;
const windows = process.platform === 'win32';
/** Written last: an environment without it is not whole. */
const stamp = 'whole';

/** @typedef {{ program: string, version: number[] }} Python */

/**
 * An environment that tests use.
 * @typedef {object} Environment
 * @property {string} folder Of the cache that it lies in.
 * @property {string} requirements File of pinned versions.
 * @property {string} probe What Python imports to see that it is there.
 * @property {string} contents For people: what is installed.
 * @property {string} purpose For people: which tests need it.
 * @property {readonly number[]} newest Python.
 */

/** @param {string} name */
const besideThis = (name) => fileURLToPath(new URL(name, import.meta.url));

/** @type {Environment} */
const testEnvironment = {
  folder: 'python', requirements: besideThis('python-requirements.txt'), probe: 'import numpy', newest,
  contents: 'TensorFlow, numpy, pillow and scikit-image', purpose: 'that compare with Python',
};

/** @type {Environment} */
const clusterEnvironment = {
  folder: 'cluster-python', requirements: besideThis('cluster-requirements.txt'), probe: 'import numpy', newest: newestForWheel,
  contents: 'Ray and TensorFlow', purpose: 'of training on a cluster',
};

/** @returns {Promise<string | undefined>} A Python 3 that has pip. */
export async function findPip() {
  for await (const { program } of pythonsWithPip()) return program;
  return undefined;
}

/** @returns {AsyncGenerator<Python>} Those on the PATH that have pip, in the order of `names`. */
async function* pythonsWithPip() {
  for (const name of names) {
    const program = findProgram([name]);
    if (!program) continue;
    const { code, output } = await run(program, ['-c', 'import sys, pip; print("python", *sys.version_info[:2])'], { limitSeconds: 60 });
    const version = /^python (\d+) (\d+)$/m.exec(output)?.slice(1).map(Number);
    if (code === 0 && version && version[0] === 3) yield { program, version };
  }
}

/**
 * @param {readonly number[]} newest
 * @returns {Promise<Python | undefined>} Best one with the wheel's own TensorFlow, else any that the requirements cover.
 */
async function findTestPython(newest) {
  let second;
  for await (const python of pythonsWithPip()) {
    if (compare(python.version, oldest) < 0 || compare(python.version, newest) > 0) continue;
    if (compare(python.version, newestForWheel) <= 0) return python;
    second ??= python;
  }
  return second;
}

/**
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 */
function compare([majorA, minorA], [majorB, minorB]) {
  return majorA - majorB || minorA - minorB;
}

/**
 * A Python with TensorFlow, numpy, pillow and scikit-image of pinned versions, in the cache.
 * @param {string} cache
 * @returns {Promise<string>} Path of the interpreter.
 * @throws {SetupFault}
 */
export function ensureTestPython(cache) {
  return ensureEnvironment(cache, testEnvironment);
}

/**
 * A Python with Ray and TensorFlow of pinned versions, in the cache: what a machine of a cluster has.
 * @param {string} cache
 * @returns {Promise<string>} Path of the interpreter.
 * @throws {SetupFault}
 */
export function ensureClusterPython(cache) {
  return ensureEnvironment(cache, clusterEnvironment);
}

/**
 * @param {string} cache
 * @param {Environment} wanted
 */
async function ensureEnvironment(cache, wanted) {
  const { requirements, folder, purpose, newest } = wanted;
  const python = await findTestPython(newest);
  if (!python) {
    throw new SetupFault(
      `The tests ${purpose} need Python ${oldest.join('.')} to ${newest.join('.')} with pip, which was not found. Install it (Debian, Ubuntu: apt-get install python3 python3-pip).`,
    );
  }
  const content = await readFile(requirements, 'utf8');
  const key = createHash('sha256').update(`${content}\0${python.program}\0${process.arch}`).digest('hex').slice(0, 12);
  const place = join(cache, folder, `${python.version.join('.')}-${key}`);
  if (await works(place, wanted)) return interpreter(place);
  return withLock(
    join(cache, 'locks', folder),
    async () => {
      if (!(await works(place, wanted))) await install(python, cache, place, wanted);
      return interpreter(place);
    },
    (holder) => say(`Another set-up (${holder}) is preparing Python; waiting for it`),
  );
}

/** @param {string} environment */
function interpreter(environment) {
  return windows ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

/**
 * @param {string} environment
 * @param {Environment} wanted
 */
async function works(environment, { probe }) {
  const whole = await readFile(join(environment, stamp)).catch(() => undefined);
  if (!whole) return false;
  const { code } = await run(interpreter(environment), ['-c', probe], { limitSeconds: 60 }).catch(() => ({ code: 1 }));
  return code === 0;
}

/**
 * @param {Python} python
 * @param {string} cache
 * @param {string} place
 * @param {Environment} wanted
 */
async function install({ program, version }, cache, place, { folder, contents, requirements }) {
  await withdraw(cache, place);
  await demandSpace(cache, spaceNeeded, "The tests' Python environment");
  const stage = await openStage(cache, folder);
  const progress = openProgress(`Installing ${contents} for Python ${version.join('.')}`);
  const tick = setInterval(async () => progress.update(`${megabytes(await bytesIn(stage))} of about ${megabytes(spaceNeeded / 2)}`), 5000);
  try {
    const environment = join(stage, 'environment');
    await attempt(program, ['-m', 'venv', '--without-pip', environment]);
    await attempt(program, pipArguments(sitePackages(environment, version), join(cache, 'downloads'), requirements), stage);
    await writeFile(join(environment, stamp), version.join('.'));
    await publish(environment, place);
    progress.end();
  } finally {
    clearInterval(tick);
    await closeStage(stage);
  }
}

/**
 * Installs by the target folder, which works without pip or ensurepip in the environment (Debian splits them off).
 * @param {string} target
 * @param {string} downloads A wheel that lies there is not downloaded again.
 * @param {string} requirements
 */
function pipArguments(target, downloads, requirements) {
  const quiet = ['--no-cache-dir', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--no-warn-script-location', '--no-compile'];
  return ['-m', 'pip', 'install', ...quiet, '--only-binary=:all:', '--find-links', downloads, '--target', target, '-r', requirements];
}

/**
 * @param {string} environment
 * @param {readonly number[]} version
 */
function sitePackages(environment, version) {
  return windows ? join(environment, 'Lib', 'site-packages') : join(environment, 'lib', `python${version.join('.')}`, 'site-packages');
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [temporary]
 */
async function attempt(program, args, temporary) {
  const env = temporary ? { ...process.env, TMPDIR: temporary } : process.env;
  const { code, output, late } = await run(program, args, { env, limitSeconds: 3600 });
  if (code === 0) return;
  throw new SetupFault(`The tests' Python environment could not be made (${args.slice(0, 3).join(' ')}): ${late ? 'it took longer than an hour' : tellingLine(output)}`);
}
