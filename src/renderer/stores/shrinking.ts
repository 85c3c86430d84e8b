import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { ShrinkOrigin } from '../../shared/labs/files.js';
import type { PenaltyKind } from '../../shared/labs/regularization/penalties.js';
import { useLabJob } from './lab-job.js';

/** Which trained network is made smaller, and how; and the smaller one that is trained or looked at. */
export const useShrinking = defineStore('shrinking', () => {
  /** Id of the experiment. */
  const source = ref<string>();
  /** Undefined as long as nobody chose: the one of which most can be expected. */
  const penalty = ref<PenaltyKind>();
  /** Which of its runs, from 0. */
  const number = ref(0);
  /** Largest size of a weight that counts as zero; undefined as long as nobody chose: what is usual for the penalty. */
  const threshold = ref<number>();
  const weights = ref<'keep' | 'fresh'>('keep');
  const shrinking = useLabJob(['shrink'] as const);

  /** Another experiment: what was chosen of the one before means nothing here. */
  function chooseSource(id: string | undefined): void {
    [source.value, number.value] = [id, 0];
    choosePenalty(undefined);
  }

  function choosePenalty(kind: PenaltyKind | undefined): void {
    [penalty.value, threshold.value] = [kind, undefined];
  }

  /** Chooses what a smaller network was made of, and how. @param experiment Id of the experiment. */
  function takeOrigin(experiment: string, origin: ShrinkOrigin): void {
    source.value = experiment;
    [penalty.value, number.value, threshold.value, weights.value] = [origin.penalty, origin.number, origin.threshold, origin.weights];
  }

  /** Trains the smaller network. @param of Folder and name of the experiment. @param how What was chosen, or is usual. */
  async function train(of: { path: string; name: string }, how: { penalty: PenaltyKind; threshold: number }): Promise<void> {
    await shrinking.start('shrink', `${of.name} smaller`, (out) => ({ run: of.path, out, number: number.value, weights: weights.value, ...how }));
  }

  return { source, penalty, number, threshold, weights, ...shrinking, chooseSource, choosePenalty, takeOrigin, train };
});
