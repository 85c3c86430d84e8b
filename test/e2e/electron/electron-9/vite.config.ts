/**
 * The same sources built for Electron 9.4.1 (Chromium 83, Node 12.14), into `out/electron-9`: an old Electron that a package registry carries, for
 * tests where the release downloads of the present one cannot be reached. Nobody is offered this build.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import base from '../../../../electron.vite.config.js';

type Config = Exclude<Parameters<typeof defineConfig>[0], Promise<unknown> | ((...args: never[]) => unknown)>;

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

const { main, preload, renderer } = base as Config;

/** Node 12 knows its modules without `node:`, and promises of files and of time by another name. */
const oldModuleNames = {
  name: 'old-module-names',
  renderChunk: (code: string) => code
    .replaceAll(/require\((["'])node:fs\/promises\1\)/g, 'require("fs").promises')
    .replaceAll(/require\((["'])node:timers\/promises\1\)/g, '{ setTimeout: require("util").promisify(setTimeout) }')
    .replaceAll(/require\((["'])node:/g, 'require($1'),
};

const laterNode = {
  name: 'later-node',
  renderChunk: (code: string) => `(() => {\n${readFileSync(here('./node-12.cjs'), 'utf8')}})();\n${code}`,
};

/** Before version 32 a dropped file told its path itself. */
const olderFiles = {
  name: 'older-files',
  renderChunk: (code: string) => code.replace('require("electron")', 'Object.assign(Object.create(require("electron")), { webUtils: { getPathForFile: (file) => file.path } })'),
};

/** What was added to JavaScript since comes first. */
const newJavaScript = {
  name: 'new-javascript',
  transform: (code: string, id: string) => (id.endsWith('/src/renderer/main.ts') ? `import 'core-js/actual';\n${code}` : undefined),
};

function script(build: NonNullable<Config['main']>['build'], input: string, plugins: readonly { name: string }[]) {
  return {
    plugins: [...plugins],
    build: { ...build, target: 'node12.14', outDir: here('../../../../out/electron-9/electron'), rolldownOptions: { ...build?.rolldownOptions, input: here(input) } },
  };
}

export default defineConfig({
  main: script(main?.build, './main.ts', [oldModuleNames, laterNode]),
  preload: script(preload?.build, '../../../../src/preload/preload.ts', [olderFiles]),
  renderer: {
    ...renderer,
    plugins: [...(renderer?.plugins ?? []), newJavaScript],
    build: { ...renderer?.build, target: 'chrome83', cssTarget: 'chrome83', outDir: here('../../../../out/electron-9/renderer') },
  },
});
