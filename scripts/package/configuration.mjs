/** What electron-builder is told. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { placeEngine } from './engine-folder.mjs';
import { setFuses } from './fuses.mjs';

/**
 * @typedef {object} Distribution
 * @property {string} checkout
 * @property {string} output Folder for what is made.
 * @property {string} built Folder of the built script and window: `out`.
 * @property {string} icon Path of a PNG.
 * @property {string} version Of Electron.
 * @property {string} [electron] Folder of an unpacked Electron; downloaded where absent.
 * @property {boolean} hasFuses Whether that Electron knows fuses.
 */

/**
 * @param {Distribution} distribution
 * @returns {import('electron-builder').Configuration}
 */
export function configuration({ checkout, output, built, icon, version, electron, hasFuses }) {
  return {
    // The program names itself so, too (src/main/hosts/electron/program-places.ts).
    appId: 'io.github.chromabench.desktop',
    productName: 'Chromabench',
    copyright: 'MIT licence',
    directories: { output, app: checkout },
    electronVersion: version,
    ...(electron && { electronDist: electron }),
    electronLanguages: ['en-US'],
    // The script has all that it needs in it; the engine's packages lie beside the archive.
    files: [
      { from: join(built, 'electron'), to: 'out/electron', filter: ['*.cjs'] },
      { from: join(built, 'renderer'), to: 'out/renderer' },
      'package.json', '!node_modules/**',
    ],
    extraMetadata: { dependencies: {}, devDependencies: {}, scripts: {} },
    asar: true,
    npmRebuild: false,
    publish: null,
    icon,
    linux: { target: ['AppImage', 'deb'], category: 'Graphics', executableName: 'chromabench', maintainer: 'The Chromabench project <chromabench@localhost>', synopsis: 'Train small networks that colorize photographs' },
    // Without this every start would be told to do without the sandbox; so only those do whose system allows none, and the program says so.
    appImage: { executableArgs: [] },
    mac: { target: 'dmg', category: 'public.app-category.graphics-design', hardenedRuntime: true },
    win: { target: 'nsis' },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
    afterPack: async ({ appOutDir, packager, electronPlatformName }) => {
      // Electron's own first page, for programs that are none yet.
      await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
      await placeEngine(checkout, join(packager.getResourcesDir(appOutDir), 'engine'));
      if (hasFuses) await setFuses(programIn(appOutDir, electronPlatformName));
    },
  };
}

/**
 * @param {string} folder Of the unpacked program.
 * @param {string} platform
 */
export function programIn(folder, platform) {
  if (platform === 'darwin') return join(folder, 'Chromabench.app');
  return join(folder, platform === 'win32' ? 'Chromabench.exe' : 'chromabench');
}
