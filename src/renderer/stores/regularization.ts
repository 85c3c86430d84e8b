import { defineStore } from 'pinia';
import { computed } from 'vue';
import { REGULARIZATION_SETTINGS, regularizationConfigSchema, type RegularizationConfig } from '../../shared/labs/regularization/config.js';
import { REGULARIZATION_PRESETS, type RegularizationPreset } from '../../shared/labs/regularization/presets.js';
import { fragmentOf } from '../../shared/labs/share.js';
import { REGULARIZATION_WORDS } from '../words/regularization-settings.js';
import { useLabJob } from './lab-job.js';
import { useLabSetup } from './lab-setup.js';

/** The experiment of the regularization laboratory: as it is being prepared, and the one that runs or is looked at. */
export const useRegularization = defineStore('regularization', () => {
  const setup = useLabSetup<RegularizationConfig, RegularizationPreset>({
    presets: REGULARIZATION_PRESETS, settings: REGULARIZATION_SETTINGS, schema: regularizationConfigSchema,
    words: REGULARIZATION_WORDS, first: 'post', example: '{"penalty": {"lambda": 0.1}}',
  });
  const experiment = useLabJob(['regularization'] as const);

  /** The state as a link's fragment says it; undefined while settings do not fit. */
  const fragment = computed(() => {
    const { config } = setup.assembled.value;
    return config && fragmentOf({ lab: 'regularization', preset: setup.preset.value, config });
  });

  /** Runs what is prepared. */
  async function run(): Promise<void> {
    const { config } = setup.assembled.value;
    if (config) await experiment.start('regularization', `regularization ${setup.preset.value}`, (out) => ({ out, config }));
  }

  return { ...setup, ...experiment, fragment, run };
});
