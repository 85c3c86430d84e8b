import { computed, ref, shallowRef } from 'vue';
import type { JobInput, JobResult } from '../../../shared/contract/kinds.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';
import { useChoosing } from '../../stores/choosing.js';
import { useJobs } from '../../stores/jobs.js';

/** A job that writes into a folder the person chose: started, followed, and its folder shown. It goes on where the dialog is closed. */
export function useExport<K extends 'charts' | 'report' | 'film' | 'graphFreeze' | 'graphRun' | 'graphExport'>(kind: K) {
  const [jobs, choosing] = [useJobs(), useChoosing()];
  const id = ref<string>();
  const result = shallowRef<JobResult<K>>();
  const failure = ref<string>();
  const busy = ref(false);
  const job = computed(() => (id.value === undefined || !busy.value ? undefined : jobs.byId.get(id.value)));

  async function start(parameters: JobInput<K>): Promise<void> {
    [busy.value, failure.value, result.value] = [true, undefined, undefined];
    try {
      const followed = await jobs.start(kind, parameters);
      id.value = followed.id;
      await jobs.refresh();
      const ended = await followed.outcome;
      if (ended.state === 'done') result.value = ended.result;
      else failure.value = ended.state === 'failed' ? ended.error.message : `It was stopped. ${ended.kept}`;
    } catch (error) {
      failure.value = messageOf(error);
    }
    busy.value = false;
  }

  /** Asks where to write. @returns undefined where the person gave up. */
  async function chooseFolder(title: string, start?: string): Promise<string | undefined> {
    return (await choosing.pick({ kind: 'save-folder', title, action: 'Choose', start }))?.[0];
  }

  async function show(): Promise<void> {
    if (id.value === undefined) return;
    try {
      await door.request('showExport', { job: id.value });
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  return { job, busy, result, failure, start, chooseFolder, show, cancel: () => id.value !== undefined && void jobs.cancel(id.value) };
}

/** A path below a folder, in the manner of the folder's own path. */
export function below(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[/\\]$/, '')}${separator}${name}`;
}

/** A name that every system takes for a file. */
export function fileName(name: string): string {
  return name.replaceAll(/[/\\:*?"<>|]/g, '-');
}
