import { resolve } from 'node:path';
import { assembleConfig, ConfigError, type ConfigLayer, layerOfAssignments } from '../../../shared/run/assemble.js';
import type { PresetName, TrainingConfig } from '../../../shared/run/config.js';
import { UserError } from '../../core/errors.js';
import { readConfigFile } from '../../core/training/config-file.js';
import { UsageError } from './command-errors.js';

/** What a command line can say about a training. */
export interface ConfigOptions {
  preset?: PresetName;
  /** Path of a JSON file of settings. */
  config?: string;
  /** `key=value`, dotted keys. */
  set?: string[];
  minutes?: number;
  steps?: number;
  epochs?: number;
  seed?: number;
  only?: string[];
  testList?: string;
}

/**
 * The configuration that the options stand for: preset, then file, then `--set`, then the options with names of their own.
 * @throws UsageError with a sentence for each setting that is wrong.
 */
export async function configOf(options: ConfigOptions): Promise<TrainingConfig> {
  try {
    const file = options.config === undefined ? {} : await readConfigFile(options.config);
    const preset = options.preset === undefined ? {} : { preset: options.preset };
    return withFullPaths(assembleConfig([file, preset, layerOfAssignments(options.set ?? []), namedLayer(options)]));
  } catch (error) {
    throw error instanceof ConfigError || error instanceof UserError ? new UsageError(error.message, { cause: error }) : error;
  }
}

function namedLayer({ minutes, steps, epochs, seed, only, testList }: ConfigOptions): ConfigLayer {
  const photos = given({ subfolders: only, testList });
  const budget = given({ minutes, steps, epochs });
  return given({ seed, budget: orNothing(budget), photos: orNothing(photos) });
}

function given(values: ConfigLayer): ConfigLayer {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function orNothing(values: ConfigLayer): ConfigLayer | undefined {
  return Object.keys(values).length ? values : undefined;
}

/** The job may run in another folder. */
function withFullPaths(config: TrainingConfig): TrainingConfig {
  const { testList } = config.photos;
  return testList === null ? config : { ...config, photos: { ...config.photos, testList: resolve(testList) } };
}
