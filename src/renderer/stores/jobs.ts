import { defineStore } from 'pinia';
import { computed, reactive } from 'vue';
import { followJob, type FollowedJob, type JobReader } from '../../shared/contract/follow-job.js';
import type { JobView } from '../../shared/contract/job.js';
import type { ControlAction } from '../../shared/contract/job-kind.js';
import type { JobInput, JobKind } from '../../shared/contract/kinds.js';
import { door } from '../api/door.js';

/** The engine remembers as many. */
const ENDED_KEPT = 50;
const ENDED_SHOWN = 20;
/** What the screen Train shows. */
const TRAININGS: readonly JobKind[] = ['train', 'resume', 'clusterTrain', 'clusterResume', 'clusterAttach', 'clusterStop'];
const ENDED = ['done', 'failed', 'cancelled'];

export function hasEnded({ state }: JobView): boolean {
  return ENDED.includes(state);
}

/** All jobs of the engine as it tells of them; anew after every reconnect. */
export const useJobs = defineStore('jobs', () => {
  const byId = reactive(new Map<string, JobView>());
  let generation = 0;
  const open = computed(() => [...byId.values()].filter((job) => !hasEnded(job)));
  /** The job that the status bar shows: a heavy one before light ones, a running one before waiting ones. */
  const foremost = computed(() => {
    const rank = (job: JobView) => (job.state === 'queued' ? 2 : 0) + (job.kind === 'scan' || job.kind === 'inspect' ? 1 : 0);
    return open.value.toSorted((x, y) => rank(x) - rank(y))[0] as JobView | undefined;
  });
  /** What a list of jobs shows: what runs, what waits in its order, what has ended, last first. */
  const ordered = computed(() => {
    const all = [...byId.values()];
    return {
      running: open.value.filter(({ state }) => state !== 'queued'),
      waiting: open.value.filter(({ state }) => state === 'queued'),
      ended: all.filter(hasEnded).sort((x, y) => (y.endedAt ?? 0) - (x.endedAt ?? 0)).slice(0, ENDED_SHOWN),
    };
  });
  const training = computed(() => open.value.find(({ kind }) => TRAININGS.includes(kind)));

  door.subscribe((event) => {
    if (event.type === 'job') take(event.job);
    const job = event.type === 'progress' ? byId.get(event.id) : undefined;
    if (job && event.type === 'progress') byId.set(event.id, { ...job, progress: event.progress });
  });
  door.watchLink((link) => link === 'open' && void refresh());
  door.watchEngine((state) => {
    // Jobs of an engine that died ended with it; the next one takes a moment to say what it has.
    if (state.generation !== generation) byId.clear();
    generation = state.generation;
    void refresh();
  });

  /** Ended jobs that the engine has forgotten by now are forgotten here too. */
  function take(job: JobView): void {
    byId.set(job.id, job);
    if (!hasEnded(job)) return;
    const ended = [...byId.values()].filter(hasEnded);
    ended.slice(0, Math.max(0, ended.length - ENDED_KEPT)).forEach(({ id }) => byId.delete(id));
  }

  async function refresh(): Promise<void> {
    // Asked again when the wire or the engine is there again; what was told before stays until then.
    const jobs = await door.request('listJobs', {}).catch(() => undefined);
    if (!jobs) return;
    byId.clear();
    jobs.forEach((job) => byId.set(job.id, job));
  }

  return {
    byId, open, ordered, foremost, training, refresh,
    start<K extends JobKind>(kind: K, parameters: JobInput<K>, reader: JobReader<K> = {}): Promise<FollowedJob<K>> {
      return followJob(door, kind, parameters, reader);
    },
    cancel: (id: string) => door.request('cancelJob', { id }),
    control: (id: string, action: ControlAction) => door.request('controlJob', { id, action }),
  };
});
