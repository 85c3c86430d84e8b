import { defineStore } from 'pinia';
import { computed } from 'vue';
import { REGULARIZATION_SETTINGS, regularizationConfigSchema, type RegularizationConfig } from '../../shared/labs/regularization/config.js';
import { OUTLIERS_PRESETS, type OutliersPreset } from '../../shared/labs/regularization/presets.js';
import { outliersObstacle, withoutIdleFile } from '../../shared/labs/regularization/obstacles.js';
import { REGULARIZATION_WORDS } from '../words/regularization-settings.js';
import { useLabJob } from './lab-job.js';
import { useLabSetup } from './lab-setup.js';

/** The comparison of losses and penalties under outliers: as it is being prepared, and the one that runs or is looked at. */
export const useOutliers = defineStore('outliers', () => {
  const setup = useLabSetup<RegularizationConfig, OutliersPreset>({
    presets: OUTLIERS_PRESETS, settings: REGULARIZATION_SETTINGS, schema: regularizationConfigSchema,
    words: REGULARIZATION_WORDS, first: 'far', example: '{"data": {"distance": 20}}',
  });
  const comparison = useLabJob(['outliers'] as const);

  /** Why it cannot be run as it is set, as a sentence. */
  const obstacle = computed(() => {
    const { config } = setup.assembled.value;
    return config && outliersObstacle(config.data);
  });

  /** Runs what is prepared. */
  async function run(): Promise<void> {
    const { config } = setup.assembled.value;
    if (config && obstacle.value === undefined) await comparison.start('outliers', `outliers ${setup.preset.value}`, (out) => ({ out, config: withoutIdleFile(config) }));
  }

  return { ...setup, ...comparison, obstacle, run };
});
