import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { ACTIVATIONS_PRESETS, ACTIVATIONS_SETTINGS, activationsConfigSchema, type ActivationsConfig, type ActivationsPreset } from '../../shared/labs/activations/config.js';
import type { LabSummary } from '../../shared/contract/lab-view.js';
import { fragmentOf } from '../../shared/labs/share.js';
import { ACTIVATION_SETTING_WORDS } from '../words/activation-settings.js';
import { useLabJob } from './lab-job.js';
import { useLabSetup } from './lab-setup.js';

/** A comparison of activations: as it is being prepared, and the one that runs or is looked at. */
export const useComparing = defineStore('comparing', () => {
  const experiment = useLabJob(['activations', 'resumeActivations']);
  const setup = useLabSetup<ActivationsConfig, ActivationsPreset>({
    presets: ACTIVATIONS_PRESETS, settings: ACTIVATIONS_SETTINGS, schema: activationsConfigSchema, words: ACTIVATION_SETTING_WORDS, first: 'post', example: '{"epochs": 5}',
  });
  const givenName = ref<string>();
  const name = computed({ get: () => givenName.value ?? `activations ${setup.preset.value}`, set: (text: string) => (givenName.value = text) });

  const config = computed(() => setup.assembled.value.config);
  /** Why it cannot be started as it is set, as a sentence. */
  const obstacle = computed(() => {
    if (!config.value) return undefined;
    const { data, normalization, batch } = config.value;
    if (data.kind !== 'digits' && data.folder === null) return 'Choose the folder of the pictures.';
    return batch === 1 && normalization.kinds.includes('with') ? 'A batch of one picture has no spread to normalize by: set Batch to 2 or more, or train without batch normalization only.' : undefined;
  });

  /** The state as a link's fragment says it; undefined while settings do not fit. */
  const fragment = computed(() => config.value && fragmentOf({ lab: 'activations', preset: setup.preset.value, config: config.value }));

  /** Runs what is prepared. */
  async function start(): Promise<void> {
    if (!config.value || obstacle.value !== undefined) return;
    // The next one is another: it gets a name of its own.
    if (await begin(name.value.trim() || 'activations', config.value)) givenName.value = undefined;
  }

  /** Runs a preset as it is; what is prepared stays. */
  function runPreset(preset: ActivationsPreset): Promise<boolean> {
    return begin(`activations ${preset}`, ACTIVATIONS_PRESETS[preset].config);
  }

  function begin(called: string, settings: ActivationsConfig): Promise<boolean> {
    // Of built-in pictures the folder counts for nothing, and needs no leave.
    const data = settings.data.kind === 'digits' ? { ...settings.data, folder: null } : settings.data;
    return experiment.start('activations', called, (out) => ({ out, config: { ...settings, data } }));
  }

  /** Prepares one with given settings. @param of The preset that they began from, where that is known. */
  async function prepare(given: ActivationsConfig, of?: ActivationsPreset): Promise<void> {
    setup.takeConfig(given, of);
    await experiment.show(undefined);
  }

  /** Prepares one with the settings of a file. @throws ConfigError with a sentence for each setting that is wrong or unknown. */
  function prepareText(text: string, file: string): void {
    setup.takeText(text, file);
    void experiment.show(undefined);
  }

  return {
    ...experiment, ...setup, name, obstacle, fragment, start, runPreset, prepare, prepareText,
    resume: (lab: Pick<LabSummary, 'id' | 'path'>) => experiment.goOn('resumeActivations', lab, { run: lab.path }),
  };
});
