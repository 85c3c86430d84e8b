import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { JobOutcome } from '../../shared/contract/job.js';
import type { JobResult } from '../../shared/contract/kinds.js';
import { type PictureFormat, QUALITY, USUAL_FORMAT } from '../../shared/contract/kinds/colorize.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { useColorizing } from './colorizing.js';
import { useHintKeeping } from './hint-keeping.js';
import { hasEnded, useJobs } from './jobs.js';

/** What is to be written, and the job that writes it. */
export const useColorizeExport = defineStore('colorize-export', () => {
  const jobs = useJobs();
  const settings = reactive({ out: '', format: USUAL_FORMAT as PictureFormat, quality: QUALITY.usual, metadata: true, overwrite: false });
  const jobId = ref<string>();
  const outcome = shallowRef<JobOutcome<JobResult<'colorize'>>>();
  const failure = ref<string>();
  const job = computed(() => (jobId.value === undefined ? undefined : jobs.byId.get(jobId.value)));
  const running = computed(() => job.value !== undefined && !hasEnded(job.value));

  watch(() => job.value && hasEnded(job.value), (ended) => ended && void finish());
  // A page that is loaded again finds the colorizing that another page, or it itself, has begun.
  watch(() => jobs.open.find(({ kind }) => kind === 'colorize')?.id, (id) => {
    if (id !== undefined && id !== jobId.value) [jobId.value, outcome.value, failure.value] = [id, undefined, undefined];
  }, { immediate: true });

  async function finish(): Promise<void> {
    const id = jobId.value;
    if (id === undefined) return;
    const told = await door.request('outcomeOfJob', { id }).catch(() => null);
    if (told && id === jobId.value) outcome.value = told as JobOutcome<JobResult<'colorize'>>;
  }

  /** Starts with the run, photographs, hints and temperature that are on the screen. @returns whether it has begun */
  async function start(): Promise<boolean> {
    const { run, weights, set, temperature } = useColorizing();
    if (!run || !weights || !set) return false;
    [outcome.value, failure.value] = [undefined, undefined];
    try {
      // The job reads what is kept when it begins.
      await useHintKeeping().settled();
      const begun = await door.request('startJob', {
        kind: 'colorize', parameters: { run: run.path, checkpoint: weights.step, inputs: set.given, temperature, ...(weights.takesHints && { hints: 'kept' as const }), ...settings },
      });
      jobId.value = begun.id;
      await jobs.refresh();
      return true;
    } catch (error) {
      failure.value = messageOf(error);
      return false;
    }
  }

  /** Makes room: what became of the last one has been read. */
  function dismiss(): void {
    if (!running.value) [jobId.value, outcome.value, failure.value] = [undefined, undefined, undefined];
  }

  return { settings, jobId, job, running, outcome, failure, start, dismiss, cancel: () => jobId.value && void jobs.cancel(jobId.value) };
});
