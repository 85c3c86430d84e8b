/** A configuration file as a layer of settings. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { layerOfJson, type ConfigLayer } from '../../../shared/run/assemble.js';
import { UserError } from '../errors.js';

/**
 * Reads a JSON file of settings. A test list that it names is looked for from the file's own folder.
 * @throws UserError when it cannot be read. @throws ConfigError when it is no JSON object.
 */
export async function readConfigFile(path: string): Promise<ConfigLayer> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(`The configuration file ${path} cannot be read (${cause.code ?? cause.message}). Check the path.`, { cause });
  });
  const layer = layerOfJson(text, basename(path));
  const photos = layer.photos as { testList?: unknown } | undefined;
  if (typeof photos?.testList === 'string') photos.testList = resolve(dirname(path), photos.testList);
  return layer;
}
