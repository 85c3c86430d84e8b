/** A Chromium for the tests that use the window as a person does. */
import { existsSync } from 'node:fs';
import { findProgram } from './command.mjs';
import { installPackages } from './debian.mjs';
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
  if (findProgram(['apt-get'])) say('Installing Chromium for the tests of the window');
  await installPackages(['chromium'], `No Chromium was found for the tests of the window. ${byHand}`);
  const program = findProgram(names);
  if (program === undefined) throw new SetupFault(`apt-get installed no program of the names ${names.join(', ')}. ${byHand}`);
  return program;
}
