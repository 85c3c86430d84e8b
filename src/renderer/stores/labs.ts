import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { LabSummary } from '../../shared/contract/lab-view.js';
import type { JobView } from '../../shared/contract/job.js';
import type { JobKind } from '../../shared/contract/kinds.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { useJobs } from './jobs.js';
import { watchLostTraining } from './lost-training.js';

/** Jobs that write a run of a laboratory. */
export const LAB_JOBS = ['regularization', 'shrink', 'sweep', 'outliers', 'activations', 'resumeActivations'] as const satisfies JobKind[];
export type LabJobKind = (typeof LAB_JOBS)[number];

function isLabJob({ kind }: JobView): boolean {
  return (LAB_JOBS as readonly JobKind[]).includes(kind);
}

/** The runs of the laboratories, anew whenever one begins or ends. */
export const useLabs = defineStore('labs', () => {
  const jobs = useJobs();
  const all = shallowRef<LabSummary[]>();
  /** Why the list could not be read, or not anew. */
  const failure = ref<string>();

  async function refresh(): Promise<void> {
    try {
      [all.value, failure.value] = [await door.request('listLabs', {}), undefined];
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  door.watchLink((link) => link === 'open' && void refresh());
  watchLostTraining(refresh, () => !jobs.open.some(isLabJob) && (all.value?.some(({ state }) => state === 'training') ?? false));
  door.subscribe((event) => {
    const told = event.type === 'ended' || (event.type === 'event' && event.name === 'started');
    if (told && LAB_JOBS.some((kind) => event.id.startsWith(`${kind}-`))) void refresh();
  });

  return { all, failure, refresh };
});
