import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

/**
 * The moment of a training that is looked at: pictures and filters share it. None chosen means the newest, whatever comes.
 */
export const useRunMoment = defineStore('run-moment', () => {
  const run = ref<string>();
  const chosen = ref<number>();

  /** A run comes into view; another one begins at its newest moment. */
  function look(id: string): void {
    if (id !== run.value) [run.value, chosen.value] = [id, undefined];
  }

  return { run, chosen, following: computed(() => chosen.value === undefined), look };
});

/** The last of ascending steps that is not after a moment; the first where all are. */
export function stepAt(steps: readonly number[], moment: number | undefined): number | undefined {
  if (moment === undefined) return steps.at(-1);
  return steps.findLast((step) => step <= moment) ?? steps[0];
}
