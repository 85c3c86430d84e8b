/** Which temperature a run's colours are best taken at. */

/** The paper's (Zhang et al. 2016, section 2.3): where a run has found none of its own. */
export const PAPER_TEMPERATURE = 0.38;

/** Temperatures that a validation tries. */
export const TRIED_TEMPERATURES = [PAPER_TEMPERATURE, 0.5, 0.6, 0.7, 0.85, 1] as const;

/** How well colours taken at a temperature do, in percent. */
export interface TriedTemperature {
  temperature: number;
  auc: number;
  aucRebalanced: number;
}

/**
 * The temperature whose colours are nearest to the truth when common and rare colours count alike: the highest sum of both AuCs.
 * Low ones gain on rare colours what they lose on all pixels; the sum has its highest point between. Of equals the first.
 * @param tried at least one
 */
export function bestTemperature(tried: readonly TriedTemperature[]): TriedTemperature {
  return tried.reduce((best, one) => (one.auc + one.aucRebalanced > best.auc + best.aucRebalanced ? one : best));
}
