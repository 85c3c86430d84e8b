/** Programs of the benchmark: each timed thing runs in a process of its own and tells its figures as one JSON line. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {{ photographs: number, seconds: number, cpuSeconds?: number, peakBytes: number }} Run */

/**
 * Runs a program to its end.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {Record<string, string>} [environment] Added to this process's.
 * @returns {any} What its last line of output says, as JSON.
 */
export function figuresOf(name, args, environment = {}) {
  const { status, stdout, stderr } = spawnSync(name, args, { env: { ...process.env, ...environment }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} failed:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

/** @param {Run} run Photographs a second. */
export const rate = ({ photographs, seconds }) => photographs / seconds;

/** @param {number} bytes */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;

/**
 * The most memory that this process has had. On Linux not from its resource usage, which begins with what the process that started it had.
 * @returns {number} Bytes.
 */
export function peakBytes() {
  const kibibytes = process.platform === 'linux' ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] : undefined;
  return (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes)) * 1024;
}
