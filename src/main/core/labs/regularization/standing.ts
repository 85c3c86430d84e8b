/** Where trainings stand before they are done: told a few times a second, so that a page moves with them. */
import { performance } from 'node:perf_hooks';
import { areFinite, type Layer } from '../../../../shared/labs/regularization/weights.js';

const TELL_EVERY_MS = 400;

/** Says whether it is time to tell again: the first time at once, then at most so often. @param every Milliseconds. */
export function tellingTimes(every = TELL_EVERY_MS): () => boolean {
  let told = -Infinity;
  return () => {
    const now = performance.now();
    if (now - told < every) return false;
    told = now;
    return true;
  };
}

/** Which of the networks have weights that are no numbers any more. */
export function lostAmong(networks: readonly (readonly Layer[])[]): boolean[] {
  return networks.map((layers) => !areFinite(layers));
}
