import { watchDebounced } from '@vueuse/core';
import { defineStore, storeToRefs } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { TrainingEstimate } from '../../shared/contract/estimate.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { hasEnded, useJobs } from './jobs.js';
import { usePhotographs } from './photographs.js';
import { useTrainingSetup } from './training-setup.js';

/** Settings are moved faster than estimates are worth asking for. */
const SETTLED_MS = 200;

/** What the training that is being prepared would take; follows the settings. */
export const useEstimate = defineStore('estimate', () => {
  const jobs = useJobs();
  const { catalogue, folder, chosen } = storeToRefs(usePhotographs());
  const { assembled } = storeToRefs(useTrainingSetup());
  const estimate = shallowRef<TrainingEstimate>();
  const failure = ref<string>();
  const jobId = ref<string>();
  const job = computed(() => (jobId.value === undefined ? undefined : jobs.byId.get(jobId.value)));
  const measuring = computed(() => job.value !== undefined && !hasEnded(job.value));

  async function refresh(): Promise<void> {
    const { config } = assembled.value;
    const id = catalogue.value?.id;
    if (!config || id === undefined || chosen.value === 0) return void (estimate.value = undefined);
    const isWanted = () => assembled.value.config === config && catalogue.value?.id === id;
    try {
      const told = await door.request('estimateTraining', { catalogue: id, config });
      if (isWanted()) [estimate.value, failure.value] = [told, undefined];
    } catch (error) {
      if (isWanted()) [estimate.value, failure.value] = [undefined, messageOf(error)];
    }
  }

  watchDebounced([() => assembled.value.config, () => catalogue.value?.fingerprint], refresh, { debounce: SETTLED_MS, immediate: true });

  // A training that has ended has told how fast its steps were.
  watch(() => jobs.training === undefined, (idle) => idle && void refresh());

  /** Times a few steps with the settings as they are. */
  async function measure(): Promise<void> {
    const { config } = assembled.value;
    if (!config || folder.value === undefined) return;
    failure.value = undefined;
    try {
      const { id, outcome } = await jobs.start('estimate', { folder: folder.value, config, measure: 'always' });
      jobId.value = id;
      await jobs.refresh();
      const end = await outcome;
      if (end.state === 'failed') failure.value = end.error.message;
      else await refresh();
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  return { estimate, failure, job, measuring, refresh, measure, cancel: () => jobId.value && void jobs.cancel(jobId.value) };
});
