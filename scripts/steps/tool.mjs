import { join } from 'node:path';
import { checkout } from '../setup.mjs';
import { runInTheOpen } from '../setup/command.mjs';

/**
 * Runs a program of a package in the checkout.
 * @param {string} program Inside node_modules. @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} Its exit code.
 */
export function tool(program, args, env) {
  return runInTheOpen(process.execPath, [join(checkout, 'node_modules', program), ...args], { cwd: checkout, env });
}
