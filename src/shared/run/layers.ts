/**
 * Layers of settings put over one another, whatever the settings are of: a file, `--set`, options. What is wrong comes back
 * as sentences, one a setting.
 */
import type { z } from 'zod';
import { nearest } from './nearest.js';
import type { Setting } from './setting.js';

/** Part of a configuration, not checked yet. */
export type ConfigLayer = Record<string, unknown>;

/** A configuration that nothing can be done with; one sentence a wrong setting. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/** A configuration by its schema, or a sentence for each setting that is wrong or unknown. */
export function checkedConfig<T>(config: ConfigLayer, schema: z.ZodType<T>, settings: readonly Setting[]): { data?: T; sentences: string[] } {
  const { data, error } = schema.safeParse(config);
  return { data, sentences: error?.issues.flatMap((issue) => issueSentences(issue, config, settings)) ?? [] };
}

/**
 * The layer that `--set key=value ...` stands for; keys are dotted, values typed by the setting.
 * @param example An assignment that makes sense, for the sentence.
 * @throws ConfigError when a text has no `=` or names no setting.
 */
export function layerOfAssignments(assignments: readonly string[], settings: readonly Setting[], example: string): ConfigLayer {
  const layer: ConfigLayer = {};
  const wrong: string[] = [];
  for (const text of assignments) {
    const at = text.indexOf('=');
    const key = text.slice(0, Math.max(0, at)).trim();
    const setting = settings.find((known) => known.key === key);
    if (at < 1) wrong.push(`--set needs KEY=VALUE, as in --set ${example}, not ${JSON.stringify(text)}.`);
    else if (setting === undefined) wrong.push(unknownSentence(key, settings));
    else place(layer, key.split('.'), typedValue(text.slice(at + 1).trim(), setting));
  }
  if (wrong.length > 0) throw new ConfigError(wrong);
  return layer;
}

/**
 * The layer that the text of a configuration file stands for: a JSON object, settings nested or as dotted keys.
 * @param name The file's name, for the sentence. @param example What it could hold.
 * @throws ConfigError when it is no JSON object.
 */
export function layerOfJson(text: string, name: string, example: string): ConfigLayer {
  const value = parsedJson(text, name);
  if (!isLayer(value)) throw new ConfigError([`${name} must hold a JSON object of settings, such as ${example}.`]);
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

/** Upper over lower, object by object. @param whole Groups that replace one another as a whole. */
export function overlaid(lower: ConfigLayer, upper: ConfigLayer, whole: readonly string[] = []): ConfigLayer {
  const merged: ConfigLayer = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = merged[key];
    merged[key] = !whole.includes(key) && isLayer(below) && isLayer(value) ? overlaid(below, value, whole) : value;
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

/** Whether a value is a group of settings. */
export function isLayer(value: unknown): value is ConfigLayer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const FLAG_WORDS: Record<string, boolean> = { true: true, on: true, yes: true, false: false, off: false, no: false };

/** A value by the kind of its setting; what does not fit stays text, for the sentence to show. */
function typedValue(text: string, { kind }: Setting): unknown {
  switch (kind) {
    case 'number':
      return numberOr(text);
    case 'flag':
      return FLAG_WORDS[text.toLowerCase()] ?? text;
    case 'list':
      return parts(text);
    case 'numbers':
      return parts(text).map(numberOr);
    case 'text':
      return text === '' || text === 'null' ? null : text;
    case 'choice':
      return text;
  }
}

function numberOr(text: string): number | string {
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function parts(text: string): string[] {
  return text === '' ? [] : text.split(',').map((part) => part.trim());
}

function issueSentences(issue: z.core.$ZodIssue, config: ConfigLayer, settings: readonly Setting[]): string[] {
  const path = issue.path.filter((part) => typeof part === 'string');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSentence([...path, key].join('.'), settings));
  const key = path.join('.');
  const value = path.reduce<unknown>((inner, part) => (isLayer(inner) ? inner[part] : undefined), config);
  const setting = settings.find((known) => known.key === key);
  if (setting !== undefined) return [wrongSentence(setting, value)];
  const inside = settings.filter((known) => known.key.startsWith(`${key}.`)).map((known) => known.key);
  return [`${key} is a group of settings (${inside.join(', ')}), not ${shown(value)}.`];
}

/** What is wrong with the value of a setting. */
export function wrongSentence(setting: Setting, value: unknown): string {
  return `${setting.key} must be ${setting.allowed}, not ${shown(value)}.`;
}

function unknownSentence(key: string, settings: readonly Setting[]): string {
  const guess = nearest(key, settings.map((setting) => setting.key));
  return guess === undefined ? `There is no setting ${key}.` : `There is no setting ${key}; did you mean ${guess}?`;
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
