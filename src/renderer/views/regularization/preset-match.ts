import { differingKeys } from '../../../shared/labs/nearest-preset.js';
import { REGULARIZATION_SETTINGS, type RegularizationConfig } from '../../../shared/labs/regularization/config.js';
import { REGULARIZATION_PRESETS, type RegularizationPreset } from '../../../shared/labs/regularization/presets.js';

/** Settings that repeat an experiment without making it another one. */
const FREE = new Set(['seed', 'runs', 'threshold']);

/** Whether an experiment tried what a preset tries. */
export function isOfPreset(config: RegularizationConfig, preset: RegularizationPreset): boolean {
  const base = REGULARIZATION_PRESETS[preset].config;
  return differingKeys(config, base, REGULARIZATION_SETTINGS).every((key) => FREE.has(key));
}
