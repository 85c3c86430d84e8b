/** Packages of Debian and its relatives, for what only tests need. */
import { findProgram, run, tellingLine } from './command.mjs';
import { SetupFault } from './fault.mjs';

/**
 * Installs packages where this process may: as root, with apt-get.
 * @param {readonly string[]} packages
 * @param {string} byHand What a person can do instead, as a sentence.
 * @throws {SetupFault}
 */
export async function installPackages(packages, byHand) {
  const manager = findProgram(['apt-get']);
  if (manager === undefined || process.getuid?.() !== 0) throw new SetupFault(byHand);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { code, output } = await run(manager, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (code !== 0) throw new SetupFault(`apt-get ${args.join(' ')} failed: ${tellingLine(output)}\n${byHand}`);
  }
}
