/**
 * `npm run package`: the program to install, for the system this runs on, in `dist`: AppImage and deb, dmg, or an installer for Windows.
 * `-- --dir` makes only the unpacked folder; `-- --electron FOLDER` takes an unpacked Electron that is at hand instead of downloading it;
 * `-- --as-built` builds nothing; `-- --output FOLDER` puts it elsewhere.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build as packUp } from 'electron-builder';
import sharp from 'sharp';
import { configuration } from './package/configuration.mjs';
import { checkout, setUp } from './setup.mjs';
import { SetupFault } from './setup/fault.mjs';
import { say } from './setup/report.mjs';
import { build, buildForOldElectron } from './steps/build.mjs';

/** First Electron that knows all of the fuses, and that the true build is made for. */
const NEW_ENOUGH = 28;
const ICON_SIZE = 1024;

/** @param {readonly string[]} words */
async function main(words) {
  const { values } = parseArgs({ args: [...words], options: { dir: { type: 'boolean', default: false }, electron: { type: 'string' }, output: { type: 'string' }, 'as-built': { type: 'boolean', default: false } } });
  if (!values['as-built']) await setUp();
  const electron = values.electron && resolve(values.electron);
  const version = electron ? await versionOf(electron) : await wantedVersion();
  const old = Number(version.split('.')[0]) < NEW_ENOUGH;
  if (old) say(`Electron ${version} is too old for anybody to use: this package is for tests.`);
  if (!values['as-built']) await buildAnew(old);
  const output = resolve(values.output ?? join(checkout, 'dist'));
  const built = join(checkout, old ? 'out/electron-9' : 'out');
  const config = configuration({ checkout, output, built, icon: await drawIcon(output), version, electron, hasFuses: !old });
  await packUp({ projectDir: checkout, config, ...(values.dir && { dir: true }) });
}

/** @param {boolean} old */
async function buildAnew(old) {
  say('Building');
  if ((await build()) !== 0 || (old && (await buildForOldElectron()) !== 0)) throw new SetupFault('The build failed; the compiler names the places above.');
}

/** @param {string} folder */
async function versionOf(folder) {
  const text = await readFile(join(folder, 'version'), 'utf8').catch(() => {
    throw new SetupFault(`${folder} holds no Electron: there is no file named version in it.`);
  });
  return text.trim().replace(/^v/, '');
}

async function wantedVersion() {
  const { version } = JSON.parse(await readFile(join(checkout, 'node_modules/electron/package.json'), 'utf8'));
  return version;
}

/** @param {string} output */
async function drawIcon(output) {
  await mkdir(output, { recursive: true });
  const path = join(output, 'icon.png');
  await sharp(join(checkout, 'src/renderer/public/icon.svg'), { density: 72 * (ICON_SIZE / 32) }).resize(ICON_SIZE, ICON_SIZE).png().toFile(path);
  return path;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupFault)) throw error;
  say(`\n${error.message}`);
  process.exitCode = 1;
}
