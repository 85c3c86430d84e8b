import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { PenaltyKind } from '../../shared/labs/regularization/penalties.js';
import { useLabJob } from './lab-job.js';

/** Which trained network is made smaller, and how; and the smaller one that is trained or looked at. */
export const useShrinking = defineStore('shrinking', () => {
  /** Id of the experiment. */
  const source = ref<string>();
  const penalty = ref<PenaltyKind>();
  /** Which of its runs, from 0. */
  const number = ref(0);
  /** Largest size of a weight that counts as zero. */
  const threshold = ref(0);
  const weights = ref<'keep' | 'fresh'>('keep');
  const shrinking = useLabJob(['shrink'] as const);

  /** Trains the smaller network. @param run Folder of the experiment. @param name Of it. */
  async function train(run: string, name: string): Promise<void> {
    const chosen = { penalty: penalty.value, number: number.value, threshold: threshold.value, weights: weights.value };
    await shrinking.start('shrink', `${name} smaller`, (out) => ({ run, out, ...chosen }));
  }

  return { source, penalty, number, threshold, weights, ...shrinking, train };
});
