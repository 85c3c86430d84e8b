/** Whether this machine can show the program in a window of its own, and what runs it there. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run, tellingLine } from '../setup/command.mjs';
import { ClosedWay } from '../setup/fault.mjs';
import { say } from '../setup/report.mjs';

/** What Electron's own installer runs on. */
const INSTALLER_NODE = [22, 12];
const REACH_SECONDS = 10;
const DOWNLOAD_SECONDS = 20 * 60;

/**
 * @typedef {object} Surroundings What decides before anything is downloaded.
 * @property {NodeJS.Platform} platform
 * @property {Readonly<Record<string, string | undefined>>} environment
 * @property {number} [user] Number of the user, where the system has them.
 */

/** @returns {Surroundings} */
function here() {
  return { platform: process.platform, environment: process.env, user: process.getuid?.() };
}

/**
 * Electron's program, fetched by its own installer where it is not there.
 * @param {string} checkout
 * @returns {Promise<string>}
 * @throws {ClosedWay} Half a sentence why there is none.
 */
export async function ensureDesktop(checkout) {
  demandDesktop(here());
  const folder = join(checkout, 'node_modules', 'electron');
  const program = (await installed(folder)) ?? (await install(folder));
  const { code, output } = await run(program, ['--version'], { limitSeconds: 60 }).catch((/** @type {Error} */ error) => ({ code: 1, output: error.message }));
  if (code !== 0) throw new ClosedWay(`Electron does not start (${tellingLine(output)})`);
  await demandSandbox(program);
  return program;
}

/**
 * @param {Surroundings} surroundings
 * @throws {ClosedWay}
 */
export function demandDesktop({ platform, environment, user }) {
  if (platform === 'win32' || platform === 'darwin') return;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) throw new ClosedWay('there is no display');
  if (user === 0) throw new ClosedWay('Electron keeps its sandbox from the user root; start the program as another user');
}

/**
 * @param {string} folder Of the npm package.
 * @returns {Promise<string | undefined>} The program, where the package's own version of it is there.
 */
export async function installed(folder) {
  const [wanted, path, version] = await Promise.all(['package.json', 'path.txt', 'dist/version'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  if (!wanted || !path || version.replace(/^v/, '').trim() !== JSON.parse(wanted).version) return undefined;
  const program = join(folder, 'dist', path);
  return (await stat(program).catch(() => undefined)) && program;
}

/** @param {string} folder */
async function install(folder) {
  demandInstallerNode(process.versions.node);
  await demandReachable();
  say('Downloading Electron');
  const { code, late, output } = await run(process.execPath, [join(folder, 'install.js')], { limitSeconds: DOWNLOAD_SECONDS });
  if (late) throw new ClosedWay(`Electron was not downloaded within ${DOWNLOAD_SECONDS / 60} minutes`);
  const program = code === 0 ? await installed(folder) : undefined;
  if (!program) throw new ClosedWay(`Electron could not be downloaded (${tellingLine(output)})`);
  return program;
}

/**
 * @param {string} version
 * @throws {ClosedWay}
 */
export function demandInstallerNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > INSTALLER_NODE[0] || (major === INSTALLER_NODE[0] && minor >= INSTALLER_NODE[1])) return;
  throw new ClosedWay(`Electron is not there, and its installer needs Node.js ${INSTALLER_NODE.join('.')} (this is ${version})`);
}

/** The installer waits long for a network that swallows everything; this asks first. */
async function demandReachable() {
  const { env } = process;
  if (env.ELECTRON_MIRROR || env.npm_config_electron_mirror || env.HTTPS_PROXY || env.https_proxy) return;
  try {
    await fetch('https://github.com', { method: 'HEAD', signal: AbortSignal.timeout(REACH_SECONDS * 1000) });
  } catch (error) {
    const { cause, name } = /** @type {Error & { cause?: { code?: string } }} */ (error);
    throw new ClosedWay(`Electron is not there, and github.com cannot be reached to fetch it (${cause?.code ?? name})`);
  }
}

/**
 * Chromium's sandbox needs a helper that belongs to root, or a system that lets programs make namespaces of their own.
 * @param {string} program
 * @throws {ClosedWay}
 */
async function demandSandbox(program) {
  if (process.platform !== 'linux') return;
  const helper = await stat(join(program, '..', 'chrome-sandbox')).catch(() => undefined);
  if (helper?.uid === 0 && helper.mode & 0o4000) return;
  const barrier = namespaceBarrier(await Promise.all(BARRIERS.map(({ file }) => readFile(file, 'utf8').catch(() => ''))));
  if (barrier) throw new ClosedWay(`this system lets programs make no sandbox (${barrier})`);
}

const BARRIERS = [
  { file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns', closed: '1' },
  { file: '/proc/sys/kernel/unprivileged_userns_clone', closed: '0' },
  { file: '/proc/sys/user/max_user_namespaces', closed: '0' },
];

/**
 * @param {readonly string[]} contents Of the files of BARRIERS; empty where there is none.
 * @returns {string | undefined} The setting that stands in the way, as its file names it.
 */
export function namespaceBarrier(contents) {
  const barrier = BARRIERS.find(({ closed }, index) => contents[index].trim() === closed);
  return barrier && `${barrier.file.replace('/proc/sys/', '').replaceAll('/', '.')} is ${barrier.closed}`;
}
