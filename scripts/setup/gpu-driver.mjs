/** NVIDIA's driver, which belongs to the system and which no set-up of this program can bring. */
import { readFile } from 'node:fs/promises';
import { findProgram, run } from './command.mjs';

/** The oldest that runs programs made for CUDA 12. */
const oldest = [525, 60, 13];
const cure = `install NVIDIA's driver ${oldest.join('.')} or newer (Ubuntu: \`ubuntu-drivers install\`; Debian: apt-get install nvidia-driver; in a container: start it with \`--gpus all\`), see that \`nvidia-smi\` names the card, and run the same command again`;

/** @typedef {{ version?: string, fault?: string }} Driver `fault`: why the engine for GPUs could not compute with it, and what to do; sentences. */

/**
 * @param {string} [kernelFile] What the driver tells of itself where it is loaded.
 * @returns {Promise<Driver>}
 */
export async function findDriver(kernelFile = '/proc/driver/nvidia/version') {
  return judgeDriver((await askTool()) ?? (await readVersion(kernelFile)));
}

/**
 * @param {string | undefined} version As NVIDIA writes it: `535.129.03`.
 * @returns {Driver}
 */
export function judgeDriver(version) {
  if (!version) return { fault: `No NVIDIA driver was found on this machine. To compute on a GPU: ${cure}.` };
  if (isOld(version.split('.').map(Number))) return { version, fault: `NVIDIA's driver ${version} is too old for CUDA 12. To compute on a GPU: ${cure}.` };
  return { version };
}

/** @param {readonly number[]} version */
function isOld(version) {
  const place = oldest.findIndex((number, index) => (version[index] ?? 0) !== number);
  return place !== -1 && (version[place] ?? 0) < oldest[place];
}

/** @returns {Promise<string | undefined>} */
async function askTool() {
  const program = findProgram(['nvidia-smi']);
  if (!program) return undefined;
  const { code, stdout } = await run(program, ['--query-gpu=driver_version', '--format=csv,noheader'], { limitSeconds: 30 });
  return code === 0 ? /^\d+(\.\d+)+$/m.exec(stdout)?.[0] : undefined;
}

/**
 * @param {string} kernelFile
 * @returns {Promise<string | undefined>}
 */
async function readVersion(kernelFile) {
  const text = await readFile(kernelFile, 'utf8').catch(() => '');
  return /Kernel Module\b.*?\s(\d+(?:\.\d+)+)\s/.exec(text)?.[1];
}
