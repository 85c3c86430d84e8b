/** A laboratory's settings from a preset, a file and assignments. */
import { basename, dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { assembleLab } from '../../../shared/labs/assemble.js';
import { layerOfAssignments, layerOfJson, type ConfigLayer } from '../../../shared/run/layers.js';
import type { Setting } from '../../../shared/run/setting.js';
import { boundedText } from '../bounded-text.js';
import { UserError } from '../errors.js';

/** Of a file of settings. */
const MOST_BYTES = 2 ** 20;

export interface LabLanguage<T extends object> {
  schema: z.ZodType<T>;
  settings: readonly Setting[];
  /** An assignment and a file that make sense, for sentences. */
  example: { assignment: string; file: string };
}

/**
 * @param file Path of a JSON file of settings. @param assignments `key=value`, dotted keys.
 * @throws UserError when the file cannot be read. @throws ConfigError with a sentence for each setting that is wrong.
 */
export async function labConfig<T extends object>(base: T, language: LabLanguage<T>, { file, assignments = [] }: { file?: string; assignments?: readonly string[] }): Promise<T> {
  const { schema, settings, example } = language;
  const fromFile = file === undefined ? {} : await readLayer(file, example.file);
  const assigned = withPathsFrom('.', layerOfAssignments(assignments, settings, example.assignment));
  return assembleLab(base, [fromFile, assigned], schema, settings);
}

async function readLayer(path: string, example: string): Promise<ConfigLayer> {
  const text = await boundedText(path, MOST_BYTES).catch((cause: NodeJS.ErrnoException) => {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`The configuration file ${path} cannot be read (${cause.code ?? cause.message}). Check the path.`, { cause });
  });
  return withPathsFrom(dirname(path), layerOfJson(text, basename(path), example));
}

/** The places that settings name, looked for from a folder: the job may run in another one. */
function withPathsFrom(folder: string, layer: ConfigLayer): ConfigLayer {
  const data = layer.data as Record<string, unknown> | undefined;
  for (const key of ['file', 'folder']) {
    const value = data?.[key];
    if (data && typeof value === 'string') data[key] = resolve(folder, value);
  }
  return layer;
}
