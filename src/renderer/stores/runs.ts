import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { RunSummary } from '../../shared/contract/run-view.js';
import { door } from '../api/door.js';
import { useJobs } from './jobs.js';
import { watchLostTraining } from './lost-training.js';

/** The list of runs, anew whenever a training begins, goes on or ends. */
export const useRuns = defineStore('runs', () => {
  const jobs = useJobs();
  const all = shallowRef<RunSummary[]>();

  async function refresh(): Promise<void> {
    all.value = await door.request('listRuns', {});
  }

  door.watchLink((link) => link === 'open' && void refresh());
  watchLostTraining(refresh, () => !jobs.training && (all.value?.some(({ state }) => state === 'training') ?? false));
  door.subscribe((event) => {
    const told = event.type === 'ended' || (event.type === 'event' && (event.name === 'started' || event.name === 'checkpoint'));
    if (told && /^(train|resume)-/.test(event.id)) void refresh();
  });

  return { all, refresh };
});
