import { computed, ref, shallowRef } from 'vue';
import { checked } from '../../../shared/contract/check.js';
import { followAgain, type FollowedJob } from '../../../shared/contract/follow-job.js';
import { type JobInput, type JobResult, specOf } from '../../../shared/contract/kinds.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';
import { useChoosing } from '../../stores/choosing.js';
import { useJobs } from '../../stores/jobs.js';

type ExportKind = 'charts' | 'report' | 'film' | 'graphFreeze' | 'graphRun' | 'graphExport';

/**
 * A job that writes into a folder the person chose: started, followed, and its folder shown. It goes on where the dialog is closed.
 * @param remembered Under this name the page remembers the job: loaded anew, it finds it again, running or ended.
 */
export function useExport<K extends ExportKind>(kind: K, remembered?: string) {
  const [jobs, choosing] = [useJobs(), useChoosing()];
  const key = remembered && `chromabench.job.${remembered}`;
  const id = ref<string>();
  const result = shallowRef<JobResult<K>>();
  const failure = ref<string>();
  const busy = ref(false);
  /** What the job was started with. */
  const given = shallowRef<JobInput<K>>();
  const job = computed(() => (id.value === undefined || !busy.value ? undefined : jobs.byId.get(id.value)));
  if (key) void takeUp(sessionStorage.getItem(key));

  async function start(parameters: JobInput<K>): Promise<void> {
    clear();
    [busy.value, given.value] = [true, parameters];
    try {
      const followed = await jobs.start(kind, parameters);
      if (key) sessionStorage.setItem(key, followed.id);
      await follow(followed);
    } catch (error) {
      failure.value = messageOf(error);
    }
    busy.value = false;
  }

  /** An engine that was started anew knows nothing of it: then there is nothing to find. */
  async function takeUp(before: string | null): Promise<void> {
    if (before === null) return;
    try {
      const parameters = checked(specOf(kind).parameters, await door.request('parametersOfJob', { id: before }), `parameters of ${kind}`);
      if (busy.value) return;
      [busy.value, given.value] = [true, parameters as JobInput<K>];
      await follow(await followAgain(door, kind, before));
    } catch {
      if (key) sessionStorage.removeItem(key);
    }
    busy.value = false;
  }

  async function follow(followed: FollowedJob<K>): Promise<void> {
    id.value = followed.id;
    await jobs.refresh();
    const ended = await followed.outcome;
    if (ended.state === 'done') result.value = ended.result;
    else failure.value = ended.state === 'failed' ? ended.error.message : `It was stopped. ${ended.kept}`;
  }

  /** Forgets what came out, not what runs. */
  function clear(): void {
    [result.value, failure.value] = [undefined, undefined];
    if (!busy.value) given.value = undefined;
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

  return { job, busy, result, failure, given, start, clear, chooseFolder, show, cancel: () => id.value !== undefined && void jobs.cancel(id.value) };
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
