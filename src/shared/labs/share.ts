/**
 * A laboratory's state as a fragment of a link: which laboratory, the preset, and what was changed of it.
 * `regularization?preset=post&seed=2&penalty.lambda=0.1`
 */
import type { z } from 'zod';
import { ConfigError, layerOfAssignments } from '../run/layers.js';
import { settingIn, type Setting } from '../run/setting.js';
import { ACTIVATIONS_PRESETS, ACTIVATIONS_SETTINGS, activationsConfigSchema, type ActivationsConfig } from './activations/config.js';
import { assembleLab } from './assemble.js';
import { REGULARIZATION_SETTINGS, regularizationConfigSchema, type RegularizationConfig } from './regularization/config.js';
import { REGULARIZATION_PRESETS } from './regularization/presets.js';

interface Shareable<T> {
  presets: Readonly<Record<string, { description: string; config: T }>>;
  schema: z.ZodType<T>;
  settings: readonly Setting[];
  /** An assignment that makes sense. */
  example: string;
}

interface Configs {
  regularization: RegularizationConfig;
  activations: ActivationsConfig;
}
export type SharedLab = keyof Configs;

const LABS: { [L in SharedLab]: Shareable<Configs[L]> } = {
  regularization: { presets: REGULARIZATION_PRESETS, schema: regularizationConfigSchema, settings: REGULARIZATION_SETTINGS, example: 'seed=2' },
  activations: { presets: ACTIVATIONS_PRESETS, schema: activationsConfigSchema, settings: ACTIVATIONS_SETTINGS, example: 'seed=2' },
};

/** The state of a laboratory that a fragment stands for. */
export type SharedState = { [L in SharedLab]: { lab: L; preset: string; config: Configs[L] } }[SharedLab];

/** Characters; every setting of a laboratory, changed, takes fewer. */
const MOST_LINK = 4000;

/** Places on a person's own disk, which mean nothing elsewhere and tell what is nobody's business. */
const PRIVATE = new Set(['data.file', 'data.folder']);

/** The fragment of a state, without `#`. Paths of own files are left out. */
export function fragmentOf({ lab, preset, config }: SharedState): string {
  const { presets, settings } = LABS[lab];
  const base = presets[preset].config;
  const changed = settings.map(({ key }) => key).filter((key) => !PRIVATE.has(key) && textOf(settingIn(config, key)) !== textOf(settingIn(base, key)));
  const parts = [['preset', preset], ...changed.map((key) => [key, textOf(settingIn(config, key))])];
  return `${lab}?${new URLSearchParams(parts).toString()}`;
}

/**
 * The state that a fragment stands for, with or without its `#`.
 * @throws ConfigError when it names no laboratory or preset, is longer than any link of a laboratory, or a setting is wrong.
 */
export function stateOfFragment(fragment: string): SharedState {
  if (fragment.length > MOST_LINK) throw new ConfigError([`The link has ${fragment.length} characters, and no link of a laboratory is longer than ${MOST_LINK}. Ask for it anew.`]);
  const [name, query = ''] = fragment.replace(/^#/, '').split('?', 2);
  const lab = (Object.keys(LABS) as SharedLab[]).find((known) => known === name);
  if (lab === undefined) throw new ConfigError([`${JSON.stringify(name.slice(0, 40))} is no laboratory; there are ${Object.keys(LABS).join(' and ')}.`]);
  const values = new URLSearchParams(query);
  const preset = values.get('preset') ?? 'post';
  values.delete('preset');
  return { lab, preset, config: configOf(LABS[lab] as Shareable<object>, preset, [...values]) } as SharedState;
}

function configOf({ presets, schema, settings, example }: Shareable<object>, preset: string, values: [string, string][]): object {
  if (!Object.hasOwn(presets, preset)) throw new ConfigError([`There is no preset ${preset}; there are ${Object.keys(presets).join(', ')}.`]);
  const foreign = values.find(([key]) => PRIVATE.has(key));
  if (foreign !== undefined) throw new ConfigError([`A link may not name files: ${foreign[0]} is for you to choose.`]);
  const layer = layerOfAssignments(values.map(([key, value]) => `${key}=${value}`), settings, example);
  return assembleLab(presets[preset].config, [layer], schema, settings);
}

/** As it is written after `KEY=`. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}
