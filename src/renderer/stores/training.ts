import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { JobView } from '../../shared/contract/job.js';
import type { TrainingConfig } from '../../shared/run/config.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import type { ClusterChoice } from './cluster.js';
import { hasEnded, useJobs } from './jobs.js';

/** The training that runs, or the last one that this page saw, and the run it writes. */
export const useTraining = defineStore('training', () => {
  const jobs = useJobs();
  const jobId = ref<string>();
  const runId = ref<string>();
  /** Name of the run's folder, known before it is there. */
  const runName = ref<string>();
  const failure = ref<string>();
  const job = computed<JobView | undefined>(() => (jobId.value === undefined ? undefined : jobs.byId.get(jobId.value)));
  const running = computed(() => job.value !== undefined && !hasEnded(job.value));

  // A page that is loaded again, and one beside the page that started it, find the training by itself.
  watch(() => jobs.training?.id, async (id) => {
    if (id === undefined || id === jobId.value) return;
    [jobId.value, failure.value] = [id, undefined];
    const run = await door.request('runOfJob', { id }).catch(() => null);
    [runId.value, runName.value] = [run?.id, run?.path.split(/[/\\]/).at(-1)];
  }, { immediate: true });
  watch(job, async (view) => {
    if (view?.state === 'failed' || view?.state === 'cancelled') await tellWhatIsLeft(view.id);
  });

  /** A training that failed or was given up says why and what is left of it; one that left nothing makes room for the next. */
  async function tellWhatIsLeft(id: string): Promise<void> {
    const outcome = await door.request('outcomeOfJob', { id }).catch(() => null);
    if (id !== jobId.value || !outcome || outcome.state === 'done') return;
    const words = outcome.state === 'failed' ? outcome.error.message : outcome.kept;
    failure.value = words;
    const runs = await door.request('listRuns', {}).catch(() => undefined);
    if (id !== jobId.value || !runs || runs.some((run) => run.id === runId.value)) return;
    leave();
    failure.value = words;
  }

  async function start(name: string, folder: string, config: TrainingConfig): Promise<void> {
    await begin(async () => {
      const { path, id } = await door.request('placeForRun', { name });
      const view = await door.request('startJob', { kind: 'train', parameters: { folder, out: path, config } });
      return { run: id, job: view.id };
    });
  }

  /** Goes on with a run that was stopped, interrupted or failed. */
  async function resume(run: { id: string; path: string }): Promise<void> {
    await begin(async () => {
      const view = await door.request('startJob', { kind: 'resume', parameters: { run: run.path } });
      return { run: run.id, job: view.id };
    });
  }

  /** A new run that a cluster trains. */
  async function startOnCluster(name: string, folder: string, config: TrainingConfig, cluster: ClusterChoice): Promise<void> {
    await begin(async () => {
      const { path, id } = await door.request('placeForRun', { name });
      const view = await door.request('startJob', { kind: 'clusterTrain', parameters: { folder, out: path, config, ...cluster } });
      return { run: id, job: view.id };
    });
  }

  /** Follows a run again that a cluster trains, wherever it was begun. */
  async function attach(run: { id: string; path: string }, headers?: Record<string, string>): Promise<void> {
    await begin(async () => {
      const view = await door.request('startJob', { kind: 'clusterAttach', parameters: { run: run.path, ...(headers && { headers }) } });
      return { run: run.id, job: view.id };
    });
  }

  /** Ends a run's training on its cluster and fetches what it has. @param forget Where the cluster is gone for good: the run is freed without it. */
  async function stopThere(run: { id: string; path: string }, { headers, forget = false }: { headers?: Record<string, string>; forget?: boolean }): Promise<void> {
    await begin(async () => {
      const view = await door.request('startJob', { kind: 'clusterStop', parameters: { run: run.path, forget, ...(headers && { headers }) } });
      return { run: run.id, job: view.id };
    });
  }

  async function begin(started: () => Promise<{ run: string; job: string }>): Promise<void> {
    failure.value = undefined;
    try {
      const ids = await started();
      [jobId.value, runId.value] = [ids.job, ids.run];
      await jobs.refresh();
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  /** Makes room for a new training. */
  function leave(): void {
    [jobId.value, runId.value, runName.value, failure.value] = [undefined, undefined, undefined, undefined];
  }

  return { jobId, runId, runName, job, running, failure, start, startOnCluster, resume, attach, stopThere, leave };
});
