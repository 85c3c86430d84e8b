import { defineStore } from 'pinia';
import { computed } from 'vue';
import { REGULARIZATION_SETTINGS, regularizationConfigSchema, type RegularizationConfig } from '../../shared/labs/regularization/config.js';
import { REGULARIZATION_PRESETS, type RegularizationPreset } from '../../shared/labs/regularization/presets.js';
import { pointsObstacle, withoutIdleFile } from '../../shared/labs/regularization/obstacles.js';
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
    const { config } = setup.assembled.value;
    return config && pointsObstacle(config.data);
  });

  /** Runs what is prepared. */
  async function run(): Promise<void> {
    const { config } = setup.assembled.value;
    if (config && obstacle.value === undefined) await begin(setup.preset.value, config);
  }

  /** Runs a preset as it is; what is prepared stays. */
  function runPreset(preset: RegularizationPreset): Promise<boolean> {
    return begin(preset, REGULARIZATION_PRESETS[preset].config);
  }

  function begin(preset: RegularizationPreset, config: RegularizationConfig): Promise<boolean> {
    return experiment.start('regularization', `regularization ${preset}`, (out) => ({ out, config: withoutIdleFile(config) }));
  }

  return { ...setup, ...experiment, fragment, obstacle, run, runPreset };
});
