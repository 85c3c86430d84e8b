import { reactive } from 'vue';
import { isSame } from '../components/settings/settings-model.js';
import type { ConfigLayer } from '../../shared/run/layers.js';

/**
 * Settings as they are being changed: what was changed of what they begin with. For the set-up of a store.
 * @param baseOf What a setting is as long as nobody changes it.
 */
export function useSettingChanges(baseOf: (key: string) => unknown) {
  /** By dotted key. */
  const changed = reactive(new Map<string, unknown>());

  /** The value of a setting as it would be used, fitting or not. */
  function valueOf(key: string): unknown {
    return changed.has(key) ? changed.get(key) : baseOf(key);
  }

  function set(key: string, value: unknown): void {
    if (isSame(value, baseOf(key))) changed.delete(key);
    else changed.set(key, value);
  }

  return { changed, valueOf, set };
}

/** Dotted keys of all values in a configuration; lists are values. */
export function keysOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? keysOf(inner, `${prefix}${name}.`) : [`${prefix}${name}`]);
}

/** The layer that values by dotted keys stand for. */
export function layerOfValues(values: ReadonlyMap<string, unknown>): ConfigLayer {
  const layer: Record<string, Record<string, unknown> | unknown> = {};
  for (const [key, value] of values) {
    const [head, rest] = key.split('.') as [string, string | undefined];
    if (rest === undefined) layer[head] = value;
    else layer[head] = { ...(layer[head] as Record<string, unknown> | undefined), [rest]: value };
  }
  return layer;
}
