/**
 * The configuration of a training put together from its layers: preset, then a file, then `--set`, then flags.
 */
import { PRESET_NAMES, TRAINING_SETTINGS, trainingConfigSchema, type PresetName, type TrainingConfig } from './config.js';
import { checkedConfig, ConfigError, isLayer, overlaid, wrongSentence, type ConfigLayer } from './layers.js';
import * as layers from './layers.js';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import type { Setting } from './setting.js';

export { ConfigError, type ConfigLayer } from './layers.js';

/**
 * @param layers Lowest first; of two that give a setting the later wins.
 * @throws ConfigError with a sentence for each setting that is wrong or unknown.
 */
export function assembleConfig(layers: readonly ConfigLayer[]): TrainingConfig {
  // A budget replaces a budget as a whole: minutes below do not linger beside steps above.
  const over = (lower: ConfigLayer, upper: ConfigLayer) => overlaid(lower, upper, ['budget']);
  const given = layers.reduce<ConfigLayer>(over, {});
  const config = over(structuredClone(PRESETS[presetOf(given)].config), given);
  const { data, sentences } = checkedConfig(config, trainingConfigSchema, TRAINING_SETTINGS);
  sentences.push(...budgetSentences(given, config));
  if (data === undefined || sentences.length > 0) throw new ConfigError(sentences);
  const rules = crossSentences(data);
  if (rules.length > 0) throw new ConfigError(rules);
  return data;
}

/** As layers.layerOfAssignments, for the settings of a training. */
export function layerOfAssignments(assignments: readonly string[]): ConfigLayer {
  return layers.layerOfAssignments(assignments, TRAINING_SETTINGS, 'bins.window=5');
}

/** As layers.layerOfJson, for the settings of a training. */
export function layerOfJson(text: string, name: string): ConfigLayer {
  return layers.layerOfJson(text, name, '{"bins": {"window": 5}}');
}

function presetOf(given: ConfigLayer): PresetName {
  const preset = given.preset ?? DEFAULT_PRESET;
  const known = PRESET_NAMES.find((name) => name === preset);
  if (known === undefined) throw new ConfigError([wrongSentence(settingAt('preset'), preset)]);
  return known;
}

function budgetSentences(given: ConfigLayer, config: ConfigLayer): string[] {
  const budget = given.budget ?? config.budget;
  if (!isLayer(budget)) return [];
  const named = Object.keys(budget).filter((key) => budget[key] !== undefined);
  if (named.length === 1) return [];
  return [`budget must give exactly one of minutes, steps and epochs, not ${named.length === 0 ? 'none' : named.join(' and ')}.`];
}

/** What no setting can be blamed for alone. */
function crossSentences({ photos, patches }: TrainingConfig): string[] {
  const sentences: string[] = [];
  const kept = photos.validationShare + photos.testShare;
  if (kept >= 1) {
    sentences.push(`photos.validationShare and photos.testShare must leave something to learn from: together they are ${kept}, which is not below 1.`);
  }
  if (patches.side > photos.side) {
    sentences.push(`patches.side (${patches.side}) must not be above photos.side (${photos.side}): a piece cannot be larger than its photograph.`);
  }
  return sentences;
}

function settingAt(key: string): Setting {
  const setting = TRAINING_SETTINGS.find((known) => known.key === key);
  if (setting === undefined) throw new Error(`no setting ${key}`);
  return setting;
}
