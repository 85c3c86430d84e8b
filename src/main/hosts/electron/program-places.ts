import { join } from 'node:path';
import { app } from 'electron';
import type { EngineProgram } from '../../engine/engine-client.js';

/** Name of Node's program beside a packaged one. */
const NODE = process.platform === 'win32' ? 'node.exe' : 'node';

/** The installed program's name among all programs; packing gives it the same (scripts/package/configuration.mjs). */
export const APP_ID = 'io.github.chromabench.desktop';

/** The built window: beside this program, inside of the archive where it is packaged. */
export const WINDOW_FOLDER = join(__dirname, '..', 'renderer');
export const PRELOAD = join(__dirname, 'preload.cjs');

/**
 * Native modules are Node's, not Electron's: a package carries its own Node beside its archive, with the engine unpacked; in a checkout it is
 * the Node that started this program.
 */
export function engineProgram(): EngineProgram {
  if (!app.isPackaged) return { node: process.env.CHROMABENCH_NODE || 'node', module: join(__dirname, '..', 'main', 'engine', 'engine-process.js') };
  const engine = join(process.resourcesPath, 'engine');
  return { node: join(engine, NODE), module: join(engine, 'out', 'main', 'engine', 'engine-process.js') };
}
