import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { RunSummary } from '../../shared/contract/run-view.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { useJobs } from './jobs.js';
import { watchLostTraining } from './lost-training.js';

/** The list of runs, anew whenever a training begins, goes on or ends. */
export const useRuns = defineStore('runs', () => {
  const jobs = useJobs();
  const all = shallowRef<RunSummary[]>();
  /** Why the list is not there, or not as it is by now. */
  const failure = ref<string>();

  /** What was listed before stays where it cannot be listed anew. */
  async function refresh(): Promise<void> {
    try {
      [all.value, failure.value] = [await door.request('listRuns', {}), undefined];
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  door.watchLink((link) => link === 'open' && void refresh());
  watchLostTraining(refresh, () => !jobs.training && (all.value?.some(({ state }) => state === 'training') ?? false));
  door.subscribe((event) => {
    const told = event.type === 'ended' || (event.type === 'event' && (event.name === 'started' || event.name === 'checkpoint'));
    if (told && /^(train|resume)-/.test(event.id)) void refresh();
  });

  return { all, failure, refresh };
});
