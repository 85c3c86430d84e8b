/**
 * A configuration put together from its layers: preset, then a file, then `--set`, then flags. What is wrong comes back
 * as sentences, one a setting.
 */
import type { z } from 'zod';
import { PRESET_NAMES, TRAINING_SETTINGS, trainingConfigSchema, type PresetName, type TrainingConfig } from './config.js';
import { nearest } from './nearest.js';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import type { Setting } from './setting.js';

/** Part of a configuration, not checked yet. */
export type ConfigLayer = Record<string, unknown>;

/** A configuration that nothing can be trained with; one sentence a wrong setting. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/**
 * @param layers Lowest first; of two that give a setting the later wins.
 * @throws ConfigError with a sentence for each setting that is wrong or unknown.
 */
export function assembleConfig(layers: readonly ConfigLayer[]): TrainingConfig {
  const given = layers.reduce<ConfigLayer>(overlaid, {});
  const config = overlaid(structuredClone(PRESETS[presetOf(given)].config), given);
  const parsed = trainingConfigSchema.safeParse(config);
  const sentences = [...(parsed.error?.issues.flatMap((issue) => issueSentences(issue, config)) ?? []), ...budgetSentences(given, config)];
  if (parsed.data === undefined || sentences.length > 0) throw new ConfigError(sentences);
  const rules = crossSentences(parsed.data);
  if (rules.length > 0) throw new ConfigError(rules);
  return parsed.data;
}

/**
 * The layer that `--set key=value ...` stands for; keys are dotted, values typed by the setting.
 * @throws ConfigError when a text has no `=` or names no setting.
 */
export function layerOfAssignments(assignments: readonly string[]): ConfigLayer {
  const layer: ConfigLayer = {};
  const wrong: string[] = [];
  for (const text of assignments) {
    const at = text.indexOf('=');
    const key = text.slice(0, Math.max(0, at)).trim();
    const setting = TRAINING_SETTINGS.find((known) => known.key === key);
    if (at < 1) wrong.push(`--set needs KEY=VALUE, as in --set bins.window=5, not ${JSON.stringify(text)}.`);
    else if (setting === undefined) wrong.push(unknownSentence(key));
    else place(layer, key.split('.'), typedValue(text.slice(at + 1).trim(), setting));
  }
  if (wrong.length > 0) throw new ConfigError(wrong);
  return layer;
}

/**
 * The layer that the text of a configuration file stands for: a JSON object, settings nested or as dotted keys.
 * @param name The file's name, for the sentence.
 * @throws ConfigError when it is no JSON object.
 */
export function layerOfJson(text: string, name: string): ConfigLayer {
  const value = parsedJson(text, name);
  if (!isLayer(value)) throw new ConfigError([`${name} must hold a JSON object of settings, such as {"bins": {"window": 5}}.`]);
  const layer: ConfigLayer = {};
  for (const [key, entry] of Object.entries(value)) place(layer, key.split('.'), entry);
  return layer;
}

function parsedJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError([`${name} is not valid JSON: ${(error as Error).message}.`]);
  }
}

function presetOf(given: ConfigLayer): PresetName {
  const preset = given.preset ?? DEFAULT_PRESET;
  const known = PRESET_NAMES.find((name) => name === preset);
  if (known === undefined) throw new ConfigError([wrongSentence(settingAt('preset'), preset)]);
  return known;
}

/** Upper over lower, object by object. A budget replaces a budget as a whole: minutes below do not linger beside steps above. */
function overlaid(lower: ConfigLayer, upper: ConfigLayer): ConfigLayer {
  const merged: ConfigLayer = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = merged[key];
    merged[key] = key !== 'budget' && isLayer(below) && isLayer(value) ? overlaid(below, value) : value;
  }
  return merged;
}

function place(layer: ConfigLayer, [head, ...rest]: string[], value: unknown): void {
  const there = Object.hasOwn(layer, head) ? layer[head] : undefined;
  if (rest.length === 0) {
    layer[head] = isLayer(there) && isLayer(value) ? { ...there, ...value } : value;
    return;
  }
  const group = isLayer(there) ? there : {};
  layer[head] = group;
  place(group, rest, value);
}

function isLayer(value: unknown): value is ConfigLayer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const FLAG_WORDS: Record<string, boolean> = { true: true, on: true, yes: true, false: false, off: false, no: false };

/** A value by the kind of its setting; what does not fit stays text, for the sentence to show. */
function typedValue(text: string, { kind }: Setting): unknown {
  switch (kind) {
    case 'number':
      return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'flag':
      return FLAG_WORDS[text.toLowerCase()] ?? text;
    case 'list':
      return text === '' ? [] : text.split(',').map((name) => name.trim());
    case 'text':
      return text === '' || text === 'null' ? null : text;
    case 'choice':
      return text;
  }
}

function issueSentences(issue: z.core.$ZodIssue, config: ConfigLayer): string[] {
  const path = issue.path.filter((part) => typeof part === 'string');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSentence([...path, key].join('.')));
  const key = path.join('.');
  const value = path.reduce<unknown>((inner, part) => (isLayer(inner) ? inner[part] : undefined), config);
  const setting = TRAINING_SETTINGS.find((known) => known.key === key);
  if (setting !== undefined) return [wrongSentence(setting, value)];
  const inside = TRAINING_SETTINGS.filter((known) => known.key.startsWith(`${key}.`)).map((known) => known.key);
  return [`${key} is a group of settings (${inside.join(', ')}), not ${shown(value)}.`];
}

function wrongSentence(setting: Setting, value: unknown): string {
  return `${setting.key} must be ${setting.allowed}, not ${shown(value)}.`;
}

function unknownSentence(key: string): string {
  const guess = nearest(key, TRAINING_SETTINGS.map((setting) => setting.key));
  return guess === undefined ? `There is no setting ${key}.` : `There is no setting ${key}; did you mean ${guess}?`;
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

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
