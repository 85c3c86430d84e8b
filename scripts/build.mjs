/** Compiles src/ to out/, only what changed. */
import { join } from 'node:path';
import { runInTheOpen } from './setup/command.mjs';
import { checkout } from './setup.mjs';

/** @returns {Promise<number>} The compiler's exit code. */
export function build() {
  const compiler = join(checkout, 'node_modules', 'typescript', 'bin', 'tsc');
  return runInTheOpen(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: checkout });
}
