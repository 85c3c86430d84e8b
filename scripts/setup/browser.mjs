/** A Chromium for the tests that use the window as a person does. */
import { existsSync } from 'node:fs';
import { findProgram, run, tellingLine } from './command.mjs';
import { SetupFault } from './fault.mjs';
import { say } from './report.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const byHand = 'Install Chromium (on Debian: apt-get install chromium), or name one in CHROMABENCH_CHROMIUM.';

/**
 * The browser that is there; as root on Debian it is installed where there is none.
 * @returns {Promise<string>}
 * @throws {SetupFault} Where none can be had.
 */
export async function ensureBrowser() {
  const named = process.env.CHROMABENCH_CHROMIUM;
  if (named !== undefined && existsSync(named)) return named;
  return findProgram(names) ?? installed();
}

async function installed() {
  const manager = findProgram(['apt-get']);
  if (manager === undefined || process.getuid?.() !== 0) throw new SetupFault(`No Chromium was found for the tests of the window. ${byHand}`);
  say('Installing Chromium for the tests of the window');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { code, output } = await run(manager, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (code !== 0) throw new SetupFault(`apt-get ${args.join(' ')} failed: ${tellingLine(output)}\n${byHand}`);
  }
  const program = findProgram(names);
  if (program === undefined) throw new SetupFault(`apt-get installed no program of the names ${names.join(', ')}. ${byHand}`);
  return program;
}
