/** `npm test`: sets up, checks types and style, builds, runs every test; the last line of the output counts them. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout, setUp } from './setup.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { cacheFolder, dropDownloads } from './setup/cache.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { SetupFault } from './setup/fault.mjs';
import { ensureClusterPython, ensureTestPython } from './setup/python.mjs';
import { disown, own, tidyOnSignals } from './setup/scratch.mjs';
import { build, buildForOldElectron } from './steps/build.mjs';
import { checkStyle } from './steps/style.mjs';
import { tool } from './steps/tool.mjs';
import { checkTypes } from './steps/types.mjs';
import { addUp, lastLine, single, skippedWithoutNeed, succeeded, tallyVitest } from './test/tally.mjs';

const inCi = /^(1|true)$/i.test(process.env.CI ?? '');
/** Sample photographs that lie beside some checkouts; the suites that need them are skipped elsewhere, in CI too, and nothing else is there. */
const hasShared = existsSync(join(checkout, '..', 'shared', 'data'));

/** @param {string} title */
function heading(title) {
  console.log(`\n== ${title}`);
}

/**
 * What only some tests need. Elsewhere than in CI they may be skipped without it.
 * @param {() => Promise<string>} ensure
 * @param {string} skipped What is skipped, as a sentence.
 * @returns {Promise<string | undefined>}
 */
async function unlessMissing(ensure, skipped) {
  try {
    return await ensure();
  } catch (error) {
    if (inCi || !(error instanceof SetupFault)) throw error;
    console.log(`${error.message}\n${skipped}`);
    return undefined;
  }
}

const findClusterPython = async () => process.env.CHROMABENCH_CLUSTER_PYTHON ?? ensureClusterPython(cacheFolder());
const findPython = async () => process.env.CHROMABENCH_PYTHON ?? ensureTestPython(cacheFolder());

/** @param {readonly string[]} args @param {NodeJS.ProcessEnv} found Where programs are that tests call. */
async function runVitest(args, found) {
  const folder = own(await mkdtemp(join(tmpdir(), 'chromabench-test-')));
  try {
    const file = join(folder, 'report.json');
    const env = { ...process.env, ...found };
    const exitCode = await tool('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], env);
    const report = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
    const tally = tallyVitest(report, exitCode);
    return { tally, forbidden: hasShared ? tally.skipped : skippedWithoutNeed(report) };
  } finally {
    await rm(folder, { recursive: true, force: true });
    disown(folder);
  }
}

/** @param {readonly string[]} args Handed to Vitest: names of test files. */
async function test(args) {
  tidyOnSignals();
  await setUp();
  const python = await unlessMissing(findPython, 'The tests that compare with Python are skipped.');
  const clusterPython = await unlessMissing(findClusterPython, 'The tests of a Ray cluster are skipped.');
  const browser = await unlessMissing(ensureBrowser, 'The tests that use the window in a browser are skipped.');
  const electron = await unlessMissing(() => ensureElectron(cacheFolder()), 'The tests of the desktop program are skipped.');
  await dropDownloads(cacheFolder());
  heading('Types, style and borders');
  // Beside each other: each keeps one processor busy, and together they are the longest wait before the tests.
  const [types, style] = (await Promise.all([checkTypes(), checkStyle()])).map((code) => single(code === 0));
  heading('Build');
  const built = (await build()) === 0 && (electron === undefined || (await buildForOldElectron()) === 0);
  const unbuilt = { passed: 0, failed: built ? 0 : 1, skipped: 0 };
  heading('Tests');
  const { tally, forbidden } = await runVitest(args, { ...(python && { CHROMABENCH_PYTHON: python }), ...(clusterPython && { CHROMABENCH_CLUSTER_PYTHON: clusterPython }), ...(browser && { CHROMABENCH_CHROMIUM: browser }), ...(electron && { CHROMABENCH_ELECTRON: electron }) });
  return { tally: addUp([types, style, unbuilt, tally]), forbidden };
}

/** @param {readonly string[]} args */
async function main(args) {
  try {
    const { tally, forbidden } = await test(args);
    const passed = succeeded(tally, inCi ? forbidden : 0);
    if (!passed && tally.failed === 0) console.log(`\n${forbidden} tests were skipped that need not be, which is a failure in CI.`);
    process.exitCode = passed ? 0 : 1;
    console.log(`\n${lastLine(tally)}`);
  } catch (error) {
    console.log(`\n${error instanceof SetupFault ? error.message : /** @type {Error} */ (error).stack}\n\n${lastLine(single(false))}`);
    process.exitCode = 1;
  }
}

await main(process.argv.slice(2));
