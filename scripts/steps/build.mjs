/** Compiles src/ to out/, only what changed: Node's side with the TypeScript compiler, the window and what Electron loads with Vite. */
import { readdir, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../setup.mjs';
import { tool } from './tool.mjs';

/** What the window and Electron's side of it are made of. */
const WINDOW_SOURCES = ['src/renderer', 'src/preload', 'src/shared', 'src/main', 'docs', 'scripts/window', 'electron.vite.config.ts', 'package-lock.json'];

/** @returns {Promise<number>} The first exit code that is not 0, else 0. */
export async function build() {
  const compiled = await tool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
  if (compiled !== 0 || (await windowIsNew())) return compiled;
  return tool('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']);
}

/**
 * The build that the tests' old Electron runs (scripts/setup/electron.mjs), beside the true one and on the same engine.
 * @returns {Promise<number>}
 */
export async function buildForOldElectron() {
  const out = join(checkout, 'out', 'electron-9');
  await rm(out, { recursive: true, force: true });
  const code = await tool('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'error', '-c', 'test/e2e/electron/electron-9/vite.config.ts']);
  if (code === 0) await symlink(join('..', 'main'), join(out, 'main'), 'dir');
  return code;
}

async function windowIsNew() {
  const built = await stat(join(checkout, 'out/renderer/index.html')).catch(() => undefined);
  if (!built) return false;
  const times = await Promise.all(WINDOW_SOURCES.map((path) => newest(join(checkout, path))));
  return Math.max(...times) < built.mtimeMs;
}

/** @param {string} path @returns {Promise<number>} Milliseconds of the last change in a file or folder. */
async function newest(path) {
  const facts = await stat(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  const times = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(facts.mtimeMs, ...times);
}
