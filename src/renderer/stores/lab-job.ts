import { computed, ref, watch } from 'vue';
import type { JobInput } from '../../shared/contract/kinds.js';
import type { JobView } from '../../shared/contract/job.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { hasEnded, useJobs } from './jobs.js';
import type { LabJobKind } from './labs.js';

/**
 * The experiment of a screen: the job that runs it, or the run that is looked at. For the set-up of a store.
 * @param kinds Jobs that belong to the screen: one that another page has begun is found by itself.
 */
export function useLabJob<K extends LabJobKind>(kinds: readonly K[]) {
  const jobs = useJobs();
  const jobId = ref<string>();
  const labId = ref<string>();
  const failure = ref<string>();
  const job = computed<JobView | undefined>(() => (jobId.value === undefined ? undefined : jobs.byId.get(jobId.value)));
  const running = computed(() => job.value !== undefined && !hasEnded(job.value));
  const isOurs = ({ kind }: JobView) => (kinds as readonly string[]).includes(kind);

  watch(() => jobs.open.find(isOurs)?.id, async (id) => {
    if (id === undefined || id === jobId.value) return;
    [jobId.value, failure.value] = [id, undefined];
    const lab = await door.request('labOfJob', { id }).catch(() => null);
    // Another run may have been chosen meanwhile.
    if (jobId.value === id) labId.value = lab?.id;
  }, { immediate: true });
  watch(job, async (view) => {
    if (view?.state === 'failed') failure.value = view.error?.message;
    if (view?.state !== 'cancelled') return;
    const outcome = await door.request('outcomeOfJob', { id: view.id }).catch(() => null);
    if (view.id === jobId.value && outcome?.state === 'cancelled') failure.value = outcome.kept;
  });

  /**
   * Begins an experiment in a new folder.
   * @param name Of its run. @param parametersAt What the job is started with, by the folder that it is to write.
   */
  async function start<J extends K>(kind: J, name: string, parametersAt: (out: string) => JobInput<J>): Promise<boolean> {
    failure.value = undefined;
    try {
      const place = await door.request('placeForLab', { name });
      const view = await door.request('startJob', { kind, parameters: parametersAt(place.path) });
      [jobId.value, labId.value] = [view.id, place.id];
      await jobs.refresh();
      return true;
    } catch (error) {
      failure.value = messageOf(error);
      return false;
    }
  }

  /** Begins a job that goes on with a run that is there. */
  async function goOn<J extends K>(kind: J, lab: { id: string; path: string }, parameters: JobInput<J>): Promise<void> {
    failure.value = undefined;
    try {
      const view = await door.request('startJob', { kind, parameters });
      [jobId.value, labId.value] = [view.id, lab.id];
      await jobs.refresh();
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  /** Looks at a run; undefined makes room for a new one. What runs goes on. */
  async function show(lab: string | undefined): Promise<void> {
    [labId.value, jobId.value, failure.value] = [lab, undefined, undefined];
    if (lab === undefined) return;
    for (const { id } of jobs.open.filter(isOurs)) {
      const written = await door.request('labOfJob', { id }).catch(() => null);
      if (written?.id === lab && labId.value === lab) jobId.value = id;
    }
  }

  return { jobId, labId, failure, job, running, start, goOn, show, cancel: () => jobId.value !== undefined && void jobs.cancel(jobId.value) };
}
