/** Settings as a panel shows them, whatever they are of: a training, an experiment of a laboratory. */
import type { ChoiceKind } from '../../../shared/contract/choice.js';
import type { Setting } from '../../../shared/run/setting.js';

/** What the window calls a setting. @typeParam C The configuration it belongs to. */
export interface SettingWords<C = never> {
  name: string;
  unit?: string;
  /** Whether it changes anything beside the other settings; always where absent. */
  counts?(config: C): boolean;
  /** What its values are called, where they are not called by themselves. */
  choiceNames?: Readonly<Record<string, string>>;
  /** Of a place on disk: how it is asked for. */
  choice?: { kind: ChoiceKind; title: string };
}

export interface SettingGroup {
  title: string;
  keys: readonly string[];
}

export interface SettingsModel {
  settings: readonly Setting[];
  wordsOf(key: string): Omit<SettingWords, 'counts'>;
  /** The value as it would be used, fitting or not. */
  valueOf(key: string): unknown;
  /** Its value in the preset. */
  presetOf(key: string): unknown;
  set(key: string, value: unknown): void;
  /** What is wrong with it, as a sentence. */
  faultOf(key: string): string | undefined;
  /** Whether it changes anything beside the other settings as they are. */
  hasEffect(key: string): boolean;
  /** All that is wrong. */
  sentences: readonly string[];
}

/** Whether two values of a setting are the same. */
export function isSame(x: unknown, y: unknown): boolean {
  return JSON.stringify(x) === JSON.stringify(y);
}

/** A value as people read it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.length ? value.join(', ') : 'none';
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}
