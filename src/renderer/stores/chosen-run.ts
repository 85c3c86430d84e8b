import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useRuns } from './runs.js';
import { useTraining } from './training.js';

const RUN_KEY = 'chromabench.run';

/** The run that the window is about: shown among the runs, evaluated, exported. Until one is chosen, the one in training, else the newest. */
export const useChosenRun = defineStore('chosen-run', () => {
  const [runs, training] = [useRuns(), useTraining()];
  const given = ref(sessionStorage.getItem(RUN_KEY) ?? undefined);
  const known = (id: string | undefined) => runs.all?.find((run) => run.id === id);
  const summary = computed(() => known(given.value) ?? known(training.runId) ?? runs.all?.[0]);
  const id = computed(() => summary.value?.id);
  /** It can be opened: it has figures, curves and pictures. */
  const readable = computed(() => (summary.value && summary.value.state !== 'unreadable' ? summary.value : undefined));

  function choose(run: string): void {
    given.value = run;
    sessionStorage.setItem(RUN_KEY, run);
  }

  return { id, summary, readable, choose };
});
