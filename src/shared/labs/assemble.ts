/** Settings of a laboratory put together: preset, then a file, then `--set`. */
import type { z } from 'zod';
import { checkedConfig, ConfigError, overlaid, type ConfigLayer } from '../run/layers.js';
import type { Setting } from '../run/setting.js';

/**
 * @param base What every setting is when nobody touches it. @param layers Lowest first.
 * @throws ConfigError with a sentence for each setting that is wrong or unknown.
 */
export function assembleLab<T extends object>(base: T, layers: readonly ConfigLayer[], schema: z.ZodType<T>, settings: readonly Setting[]): T {
  const config = layers.reduce<ConfigLayer>((lower, upper) => overlaid(lower, upper), structuredClone(base) as ConfigLayer);
  const { data, sentences } = checkedConfig(config, schema, settings);
  if (data === undefined) throw new ConfigError(sentences);
  return data;
}
