/** What kind of machine this is, as far as TensorFlow's builds care. */
import { readFileSync } from 'node:fs';
import { ClosedWay, SetupFault } from './fault.mjs';

const oldestNode = [20, 19];

/**
 * @param {string} [version] Without the leading v.
 * @throws {SetupFault}
 */
export function demandNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetupFault(`This is Node.js ${version}; ${oldestNode.join('.')} or newer is needed. Install a current Node.js and run the same command again.`);
}

/**
 * TensorFlow's builds for x86 are compiled for AVX; without it they end the process at once.
 * @param {string} [cpuinfo] Text of /proc/cpuinfo; empty where there is none (macOS, Windows).
 * @throws {ClosedWay}
 */
export function demandAvx(cpuinfo = readCpuinfo()) {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1];
  if (flags === undefined || / avx /.test(`${flags} `)) return;
  throw new ClosedWay('the processor has no AVX instructions, and TensorFlow is built for them', 'use a machine (or a virtual machine setting) whose processor offers AVX');
}

function readCpuinfo() {
  if (process.arch !== 'x64') return '';
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}

/** Whether this is Linux with glibc; false on musl systems such as Alpine. */
export function hasGlibc() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } } | undefined} */ (process.report?.getReport());
  return process.platform === 'linux' && report?.header?.glibcVersionRuntime !== undefined;
}
