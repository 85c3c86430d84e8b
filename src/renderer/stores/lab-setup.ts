import { computed, ref, type ComputedRef, type Ref } from 'vue';
import type { z } from 'zod';
import { assembleLab } from '../../shared/labs/assemble.js';
import { nearestPreset } from '../../shared/labs/nearest-preset.js';
import { ConfigError, layerOfJson } from '../../shared/run/layers.js';
import { settingIn, type Setting } from '../../shared/run/setting.js';
import { isSame, type SettingsModel, type SettingWords } from '../components/settings/settings-model.js';
import { useLaidAside } from './laid-aside.js';
import { keysOf, layerOfValues, useSettingChanges } from './setting-changes.js';

/** What a laboratory's settings are. @typeParam C The configuration. @typeParam P Names of the presets. */
export interface LabLanguage<C extends object, P extends string> {
  presets: Readonly<Record<P, { description: string; config: C }>>;
  settings: readonly Setting[];
  schema: z.ZodType<C>;
  words: Readonly<Record<string, SettingWords<C>>>;
  /** The preset that it begins with. */
  first: P;
  /** What a file of settings could hold, for sentences. */
  example: string;
}

export interface LabSetup<C extends object, P extends string> {
  preset: Ref<P>;
  presetConfig: ComputedRef<C>;
  assembled: ComputedRef<{ config?: C; sentences: readonly string[] }>;
  model: ComputedRef<SettingsModel>;
  hasChanges: ComputedRef<boolean>;
  /** Changes that went when a preset or other settings were taken: of which preset, and the names of the settings. They can be had back. */
  aside: ComputedRef<{ preset: P; names: readonly string[] } | undefined>;
  bringBack(): void;
  dismissAside(): void;
  choosePreset(name: P): void;
  set(key: string, value: unknown): void;
  /** Begins from a configuration. @param of The preset that it began from, where that is known. */
  takeConfig(config: C, of?: P): void;
  /** Begins from the text of a file of settings. @throws ConfigError with a sentence for each setting that is wrong or unknown. */
  takeText(text: string, file: string): void;
  /** All changes undone. */
  restore(): void;
}

/** An experiment of a laboratory as it is being prepared: a preset, and what was changed of it. For the set-up of a store. */
export function useLabSetup<C extends object, P extends string>({ presets, settings, schema, words, first, example }: LabLanguage<C, P>): LabSetup<C, P> {
  const preset = ref(first) as Ref<P>;
  const presetConfig = computed(() => presets[preset.value].config);
  const { changed, valueOf, set } = useSettingChanges((key) => settingIn(presetConfig.value, key));

  const assembled = computed<{ config?: C; sentences: readonly string[] }>(() => {
    try {
      return { config: assembleLab(presetConfig.value, [layerOfValues(changed)], schema, settings), sentences: [] };
    } catch (error) {
      if (error instanceof ConfigError) return { sentences: error.sentences };
      throw error;
    }
  });

  function begin(name: P, changes: ReadonlyMap<string, unknown> = new Map()): void {
    preset.value = name;
    changed.clear();
    changes.forEach((value, key) => changed.set(key, value));
  }

  const { laidAside, layAside, dismissAside, bringBack } = useLaidAside(
    () => (changed.size > 0 ? { preset: preset.value, changed: new Map(changed) } : undefined),
    ({ preset: of, changed: changes }) => begin(of, changes),
  );
  const wordsOf = (key: string) => words[key] ?? { name: key };
  const aside = computed(() => laidAside.value && { preset: laidAside.value.preset, names: [...laidAside.value.changed.keys()].map((key) => wordsOf(key).name) });

  /** The preset's own settings; changes that were made to the ones before are laid aside. */
  function choosePreset(name: P): void {
    layAside();
    begin(name);
  }

  function takeConfig(config: C, of = nearestPreset(config, presets, settings)): void {
    const keys = keysOf(config);
    // What is taken may be what is there: nothing gives way to it.
    if (of === preset.value && keys.every((key) => isSame(settingIn(config, key), valueOf(key)))) return;
    choosePreset(of);
    for (const key of keys) set(key, settingIn(config, key));
  }

  const model = computed<SettingsModel>(() => {
    const config = assembled.value.config ?? presetConfig.value;
    return {
      settings, valueOf, set, sentences: assembled.value.sentences,
      wordsOf,
      presetOf: (key) => settingIn(presetConfig.value, key),
      faultOf: (key) => assembled.value.sentences.find((sentence) => sentence.startsWith(`${key} `)),
      hasEffect: (key) => words[key]?.counts?.(config) ?? true,
    };
  });

  return {
    preset, presetConfig, assembled, model, choosePreset, set, takeConfig,
    hasChanges: computed(() => changed.size > 0), aside, bringBack, dismissAside,
    takeText: (text, file) => takeConfig(assembleLab(presets[first].config, [layerOfJson(text, file, example)], schema, settings)),
    restore: () => choosePreset(preset.value),
  };
}
