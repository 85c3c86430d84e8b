/** The way tfjs-node itself takes: a prebuilt addon and libtensorflow from its storage bucket. */
import { cp, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { run, tellingLine } from '../command.mjs';
import { ClosedWay } from '../fault.mjs';
import { listFiles } from '../files.mjs';
import { disown, own } from '../scratch.mjs';

const workshopPrefix = '.tfjs-node-installer-';
const reachSeconds = 10;
const limitSeconds = 15 * 60;

/** @type {import('../engine-making.mjs').Way} */
export const ownInstaller = { name: "tfjs-node's own installer", make };

/** @param {import('../engine-making.mjs').Site} site */
async function make({ checkout, output }) {
  const modules = join(checkout, 'node_modules');
  const original = join(modules, '@tensorflow', 'tfjs-node');
  await demandReachable(original);
  // A copy does the work, so that a failure leaves nothing in the package; inside node_modules, where it finds what it needs.
  for (const left of await readdir(modules)) {
    if (left.startsWith(workshopPrefix)) await rm(join(modules, left), { recursive: true, force: true });
  }
  const workshop = own(join(modules, workshopPrefix + randomUUID()));
  try {
    const copy = join(workshop, 'tfjs-node');
    const made = [join(original, 'deps'), join(original, 'lib')];
    await cp(original, copy, { recursive: true, filter: (path) => !made.includes(path) });
    await install(copy, join(modules, '.bin'));
    await collect(copy, output);
  } finally {
    await rm(workshop, { recursive: true, force: true });
    disown(workshop);
  }
}

/**
 * The installer waits without a limit for a network that swallows everything; this asks first.
 * @param {string} original
 */
async function demandReachable(original) {
  const { env } = process;
  const redirected = env.CDN_STORAGE || env.TFJS_NODE_CDN_STORAGE || env.TFJS_NODE_BASE_URI || env.HTTPS_PROXY || env.https_proxy;
  if (redirected) return;
  const { binary } = JSON.parse(await readFile(join(original, 'package.json'), 'utf8'));
  const { origin, host } = new URL(binary.host);
  try {
    await fetch(origin, { method: 'HEAD', signal: AbortSignal.timeout(reachSeconds * 1000) });
  } catch (error) {
    const { cause, name } = /** @type {Error & { cause?: { code?: string } }} */ (error);
    throw new ClosedWay(`${host} cannot be reached (${cause?.code ?? name})`, `open the network to ${host} (or set HTTPS_PROXY)`);
  }
}

/**
 * @param {string} copy
 * @param {string} programs Folder of the installed packages' commands.
 */
async function install(copy, programs) {
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` };
  const { code, late, output } = await run(process.execPath, [join('scripts', 'install.js')], { cwd: copy, env, limitSeconds });
  if (late) throw new ClosedWay(`it was not done within ${limitSeconds / 60} minutes`);
  if (code !== 0) throw new ClosedWay(tellingLine(output));
}

/**
 * @param {string} copy
 * @param {string} output
 */
async function collect(copy, output) {
  await mkdir(join(output, 'deps'), { recursive: true });
  const addon = (await listFiles(copy)).find(({ path }) => /^lib\/napi-v\d+\/tfjs_binding\.node$/.test(path));
  if (!addon) throw new ClosedWay('it ended without an addon');
  await moveFollowing(join(copy, 'lib'), join(output, 'lib'));
  const libraries = join(copy, 'deps', 'lib');
  if (await stat(libraries).catch(() => undefined)) await moveFollowing(libraries, join(output, 'deps', 'lib'));
}

/**
 * Windows' installer leaves links into the workshop; the cache needs what they point to.
 * @param {string} from
 * @param {string} to
 */
async function moveFollowing(from, to) {
  if (process.platform === 'win32') return cp(from, to, { recursive: true, dereference: true });
  try {
    await rename(from, to);
  } catch {
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
  }
}
