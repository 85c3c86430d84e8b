import { computed, ref, watch } from 'vue';
import type { JobInput } from '../../shared/contract/kinds.js';
import type { JobView } from '../../shared/contract/job.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { hasEnded, useJobs } from './jobs.js';
import type { LabJobKind } from './labs.js';

/**
 * The experiment of a screen: the job that runs it, or the run that is looked at. For the set-up of a store.
 * @param kinds Jobs that belong to the screen: one that another page has begun is found by itself, as long as nobody has chosen what to look at.
 */
export function useLabJob<K extends LabJobKind>(kinds: readonly K[]) {
  const jobs = useJobs();
  const jobId = ref<string>();
  const labId = ref<string>();
  const failure = ref<string>();
  const job = computed<JobView | undefined>(() => (jobId.value === undefined ? undefined : jobs.byId.get(jobId.value)));
  const running = computed(() => job.value !== undefined && !hasEnded(job.value));
  /** Counts what a person chose or began: an answer that comes after the next choice changes nothing. */
  let choices = 0;
  /** Whether the screen shows what a person picked. */
  let isPicked = false;
  const isOurs = ({ kind }: JobView) => (kinds as readonly string[]).includes(kind);

  /** Job and run change together: what a job tells belongs to no other run. */
  function turnTo(lab: string | undefined, of?: string): void {
    [labId.value, jobId.value, failure.value] = [lab, of, undefined];
  }

  watch(() => jobs.open.find(isOurs)?.id, async (id) => {
    if (id === undefined || id === jobId.value || isPicked) return;
    const choice = choices;
    const lab = await door.request('labOfJob', { id }).catch((error: unknown) => void (failure.value = messageOf(error)));
    if (lab && choice === choices && !isPicked) turnTo(lab.id, id);
  }, { immediate: true });
  watch(job, async (view) => {
    if (view?.state === 'failed') failure.value = view.error?.message;
    if (view?.state !== 'cancelled') return;
    const outcome = await door.request('outcomeOfJob', { id: view.id }).catch(() => null);
    if (view.id === jobId.value && outcome?.state === 'cancelled') failure.value = outcome.kept;
  });

  /** Begins a job, and turns to it where the person has not turned to something else meanwhile. @returns Whether it was begun. */
  async function begin(started: () => Promise<{ lab: string; view: JobView }>): Promise<boolean> {
    const choice = ++choices;
    [failure.value, isPicked] = [undefined, false];
    try {
      const { lab, view } = await started();
      if (choice === choices) turnTo(lab, view.id);
      await jobs.refresh();
      return true;
    } catch (error) {
      failure.value = messageOf(error);
      return false;
    }
  }

  /**
   * Begins an experiment in a new folder.
   * @param name Of its run. @param parametersAt What the job is started with, by the folder that it is to write.
   */
  function start<J extends K>(kind: J, name: string, parametersAt: (out: string) => JobInput<J>): Promise<boolean> {
    return begin(async () => {
      const place = await door.request('placeForLab', { name });
      return { lab: place.id, view: await door.request('startJob', { kind, parameters: parametersAt(place.path) }) };
    });
  }

  /** Begins a job that goes on with a run that is there. */
  async function goOn<J extends K>(kind: J, lab: { id: string }, parameters: JobInput<J>): Promise<void> {
    await begin(async () => ({ lab: lab.id, view: await door.request('startJob', { kind, parameters }) }));
  }

  /** Looks at a run; undefined makes room for a new one. What runs goes on. */
  async function show(lab: string | undefined): Promise<void> {
    isPicked = true;
    await turnToRun(lab);
  }

  /** Shows a run where nothing is shown and nobody has chosen that. */
  async function offer(lab: string): Promise<void> {
    if (!isPicked && labId.value === undefined && jobId.value === undefined) await turnToRun(lab);
  }

  async function turnToRun(lab: string | undefined): Promise<void> {
    const choice = ++choices;
    turnTo(lab);
    if (lab === undefined) return;
    for (const { id } of jobs.open.filter(isOurs)) {
      const written = await door.request('labOfJob', { id }).catch(() => null);
      if (written?.id === lab && choice === choices) jobId.value = id;
    }
  }

  return { jobId, labId, failure, job, running, start, goOn, show, offer, cancel: () => jobId.value !== undefined && void jobs.cancel(jobId.value) };
}
