import { defineStore, storeToRefs } from 'pinia';
import { computed, ref } from 'vue';
import { assembleConfig, ConfigError, layerOfJson, type ConfigLayer } from '../../shared/run/assemble.js';
import { asFolderName } from '../../shared/contract/folder-name.js';
import { type PresetName, TRAINING_SETTINGS, type TrainingConfig } from '../../shared/run/config.js';
import { DEFAULT_PRESET, PRESETS } from '../../shared/run/presets.js';
import { settingIn } from '../../shared/run/setting.js';
import type { SettingsModel } from '../components/settings/settings-model.js';
import { SETTING_WORDS } from '../words/settings.js';
import { useLaidAside } from './laid-aside.js';
import { usePhotographs } from './photographs.js';
import { keysOf, layerOfValues, useSettingChanges } from './setting-changes.js';

export type BudgetUnit = 'minutes' | 'steps' | 'epochs';

/** A preset with what was changed of it. */
export interface LaidAside {
  preset: PresetName;
  changed: ReadonlyMap<string, unknown>;
  budgetUnit?: BudgetUnit;
  budgetValue?: number;
}

/** What the photographs screen begins with: what was not moved there stays the preset's. */
const UNMOVED = { colourWindow: 10, lambda: 0.5, smoothing: 0 };

/** A training as it is being prepared: a preset, and what was changed of it. */
export const useTrainingSetup = defineStore('training-setup', () => {
  const { subfolders, colourWindow, lambda, smoothing, name } = storeToRefs(usePhotographs());
  const preset = ref<PresetName>(DEFAULT_PRESET);
  const budgetUnit = ref<BudgetUnit>();
  const budgetValue = ref<number>();
  const givenName = ref<string>();

  const presetConfig = computed(() => PRESETS[preset.value].config);
  const { changed, valueOf, set } = useSettingChanges((key) => movedBins().get(key) ?? settingIn(presetConfig.value, key));
  const runName = computed({
    get: () => givenName.value ?? proposedName(name.value ?? 'photographs', preset.value),
    set: (text: string) => (givenName.value = text),
  });
  const budget = computed(() => {
    const [unit, value] = Object.entries(presetConfig.value.budget)[0] as [BudgetUnit, number];
    return { unit: budgetUnit.value ?? unit, value: budgetValue.value ?? (budgetUnit.value && budgetUnit.value !== unit ? USUAL[budgetUnit.value] : value) };
  });

  const assembled = computed<{ config?: TrainingConfig; sentences: readonly string[] }>(() => {
    const layers: ConfigLayer[] = [
      { preset: preset.value, photos: { subfolders: [...subfolders.value] }, budget: { [budget.value.unit]: budget.value.value } },
      layerOfValues(movedBins()), layerOfValues(changed),
    ];
    try {
      return { config: assembleConfig(layers), sentences: [] };
    } catch (error) {
      if (error instanceof ConfigError) return { sentences: error.sentences };
      throw error;
    }
  });

  /** Window, lambda and smoothing as they were moved beside the photographs. */
  function movedBins(): Map<string, unknown> {
    const moved = new Map<string, unknown>();
    if (colourWindow.value !== UNMOVED.colourWindow) moved.set('bins.window', colourWindow.value);
    if (lambda.value !== UNMOVED.lambda) moved.set('bins.lambda', lambda.value);
    if (smoothing.value !== UNMOVED.smoothing) moved.set('bins.smoothing', smoothing.value);
    return moved;
  }

  /** What is wrong with a setting, as a sentence. */
  function faultOf(key: string): string | undefined {
    return assembled.value.sentences.find((sentence) => sentence.startsWith(`${key} `));
  }

  /** The preset's own settings; the ones before are laid aside where some were changed. */
  function choosePreset(chosen: PresetName): void {
    layAside();
    begin({ preset: chosen, changed: new Map() });
  }

  /** A preset with changes, in the place of what is there. */
  function begin(state: LaidAside): void {
    preset.value = state.preset;
    changed.clear();
    state.changed.forEach((value, key) => changed.set(key, value));
    [budgetUnit.value, budgetValue.value] = [state.budgetUnit, state.budgetValue];
  }

  /** Begins from the settings of a run. */
  function takeFrom(config: TrainingConfig): void {
    choosePreset(config.preset);
    [budgetUnit.value, budgetValue.value] = Object.entries(config.budget)[0] as [BudgetUnit, number];
    for (const key of keysOf(config)) {
      if (!/^(preset|budget|photos\.subfolders)/.test(key)) set(key, settingIn(config, key));
    }
  }

  /**
   * Begins from the text of a file of settings; which photographs are chosen stays as it is.
   * @throws ConfigError with a sentence for each setting that is wrong or unknown.
   */
  function takeText(text: string, file: string): void {
    takeFrom(assembleConfig([layerOfJson(text, file)]));
  }

  /** All changes undone. */
  function restore(): void {
    choosePreset(preset.value);
  }

  const model = computed<SettingsModel>(() => {
    const config = assembled.value.config ?? presetConfig.value;
    return {
      settings: TRAINING_SETTINGS, valueOf, set, faultOf, sentences: assembled.value.sentences,
      wordsOf: (key) => SETTING_WORDS[key] ?? { name: key },
      presetOf: (key) => settingIn(presetConfig.value, key),
      hasEffect: (key) => SETTING_WORDS[key]?.counts?.(config) ?? true,
    };
  });

  const hasChanges = computed(() => changed.size > 0 || budgetUnit.value !== undefined || budgetValue.value !== undefined);
  const { layAside, ...aside } = useLaidAside<LaidAside>(
    () => (hasChanges.value ? { preset: preset.value, changed: new Map(changed), budgetUnit: budgetUnit.value, budgetValue: budgetValue.value } : undefined), begin,
  );

  return { takeText, restore, ...aside, hasChanges, model, preset, changed, budget, budgetUnit, budgetValue, runName, presetConfig, assembled, valueOf, set, faultOf, choosePreset, takeFrom };
});

/** Longest name of a run, in characters. */
const LONGEST_NAME = 80;

/** The folder's name as every system takes it, and the preset. */
function proposedName(folder: string, preset: PresetName): string {
  return `${asFolderName(folder, LONGEST_NAME - preset.length - 1)} ${preset}`.trim();
}

/** Budgets to begin with in another unit than the preset's. */
const USUAL: Record<BudgetUnit, number> = { minutes: 10, steps: 1000, epochs: 20 };
