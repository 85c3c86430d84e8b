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

  /** Why it cannot be run as it is set, as a sentence. */
  const obstacle = computed(() => {
    const data = setup.assembled.value.config?.data;
    return data?.kind === 'csv' && data.file === null ? 'Choose the CSV file of your points, under Points.' : undefined;
  });

  /** Runs what is prepared. */
  async function run(): Promise<void> {
    const { config } = setup.assembled.value;
    if (!config || obstacle.value !== undefined) return;
    // Of a drawn line the file counts for nothing, and needs no leave.
    const data = config.data.kind === 'line' ? { ...config.data, file: null } : config.data;
    await experiment.start('regularization', `regularization ${setup.preset.value}`, (out) => ({ out, config: { ...config, data } }));
  }

  /** Prepares one like another. */
  function repeat(config: RegularizationConfig): void {
    setup.takeConfig(config);
  }

  return { ...setup, ...experiment, fragment, obstacle, run, repeat };
});
