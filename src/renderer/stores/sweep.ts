import { defineStore } from 'pinia';
import { computed } from 'vue';
import { SWEEP_SETTINGS, sweepConfigSchema, type SweepConfig } from '../../shared/labs/regularization/config.js';
import { SWEEP_PRESETS, type SweepPreset } from '../../shared/labs/regularization/presets.js';
import { pointsObstacle, withoutIdleFile } from '../../shared/labs/regularization/obstacles.js';
import { SWEEP_WORDS } from '../words/regularization-settings.js';
import { useLabJob } from './lab-job.js';
import { useLabSetup } from './lab-setup.js';

/** The sweep of lambda: as it is being prepared, and the one that runs or is looked at. */
export const useSweep = defineStore('sweep', () => {
  const setup = useLabSetup<SweepConfig, SweepPreset>({
    presets: SWEEP_PRESETS, settings: SWEEP_SETTINGS, schema: sweepConfigSchema, words: SWEEP_WORDS, first: 'grid', example: '{"sweep": {"folds": 10}}',
  });
  const sweep = useLabJob(['sweep'] as const);

  /** Why it cannot be run as it is set, as a sentence. */
  const obstacle = computed(() => {
    const { config } = setup.assembled.value;
    return config && pointsObstacle(config.data);
  });

  /** Runs what is prepared. */
  async function run(): Promise<void> {
    const { config } = setup.assembled.value;
    if (config && obstacle.value === undefined) await sweep.start('sweep', `lambda sweep ${setup.preset.value}`, (out) => ({ out, config: withoutIdleFile(config) }));
  }

  return { ...setup, ...sweep, obstacle, run };
});
