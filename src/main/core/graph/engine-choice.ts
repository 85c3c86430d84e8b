import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { PROGRAM_FOLDER } from '../program-folder.js';

/** The engine that computes on the processor, which every checkout has, or the one for NVIDIA's GPUs. */
export type EngineKind = 'cpu' | 'gpu';

/** The environment variable that chooses; `npm start -- --gpu` sets it for all that it starts. */
export const ENGINE_VARIABLE = 'CHROMABENCH_ENGINE';

/** Written by scripts/setup/gpu-engine.mjs. */
const POINTER = join('node_modules', '.chromabench-gpu-engine.json');
const pointerSchema = z.object({ addon: z.string() });
const GPU_CURE = 'Set it up with `npm run gpu-engine` in the program\'s folder';

/**
 * @throws UserError where the environment asks for an engine that there is none of.
 */
export function chosenEngine(environment: NodeJS.ProcessEnv = process.env): EngineKind {
  const choice = environment[ENGINE_VARIABLE] || 'cpu';
  if (choice === 'cpu' || choice === 'gpu') return choice;
  throw new UserError(`The environment variable ${ENGINE_VARIABLE} is "${choice}"; it may be cpu or gpu.`);
}

/**
 * The addon of the engine for GPUs.
 * @param folder The program's folder.
 * @returns undefined where none was set up, or the cache that it lies in was cleared.
 * @throws UserError where what tells its place cannot be read.
 */
export function gpuAddon(folder: string = PROGRAM_FOLDER): string | undefined {
  const file = join(folder, POINTER);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const { addon } = pointerSchema.parse(JSON.parse(text));
    return existsSync(addon) ? addon : undefined;
  } catch (cause) {
    throw new UserError(`${file}, which tells where the engine for GPUs lies, cannot be read. ${GPU_CURE} again.`, { cause });
  }
}

/** @throws UserError where none was set up. */
export function demandGpuAddon(folder?: string): string {
  const addon = gpuAddon(folder);
  if (addon === undefined) throw new UserError(`${ENGINE_VARIABLE} is gpu, but the engine for NVIDIA's GPUs is not there. ${GPU_CURE}, or unset the variable to compute on the processor.`);
  return addon;
}
