import { computed, onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { EngineEvent } from '../../shared/contract/events.js';
import type { RunDetails } from '../../shared/contract/run-view.js';
import { ALARM_KINDS, type AlarmKind } from '../../shared/run/alarm-advice.js';
import type { MetricsLine } from '../../shared/run/metrics.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { hasEnded, useJobs } from './jobs.js';
import { watchLostTraining } from './lost-training.js';

/** A warning that a training raised. */
export interface RaisedAlarm {
  kind?: AlarmKind;
  message: string;
}

/** Reports kept in the page; beyond it every second one goes, validations stay: memory is flat however long a training runs. */
const MOST_POINTS = 4000;
/** Of a run whose curves are known already. */
const FEWEST_POINTS = 10;
/** Curves are drawn anew at most so often. */
const DRAW_EVERY_MS = 400;

/**
 * A run as it stands on disk, kept up to date by what its training tells.
 * @param run Id of the run; undefined for none.
 * @param job Id of the job that trains it, if any.
 */
export function useLiveRun(run: MaybeRefOrGetter<string | undefined>, job: MaybeRefOrGetter<string | undefined>) {
  const details = shallowRef<RunDetails>();
  const metrics = shallowRef<MetricsLine[]>([]);
  const previews = shallowRef<number[]>([]);
  const filters = shallowRef<number[]>([]);
  const alarms = shallowRef<RaisedAlarm[]>([]);
  const failure = ref<string>();
  let incoming: MetricsLine[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** @param whole Reads the curves, too; a page that has followed them knows them. */
  async function load(whole = true): Promise<void> {
    const id = toValue(run);
    if (id === undefined) return clear();
    try {
      const read = await door.request('readRun', { run: id, points: whole ? MOST_POINTS / 2 : FEWEST_POINTS });
      if (toValue(run) !== id) return;
      if (whole) metrics.value = read.metrics;
      [details.value, previews.value, filters.value, failure.value] = [read, read.previews, read.filters, undefined];
      alarms.value = alarmsOf(read.log);
    } catch (error) {
      // A run that is being prepared has no folder yet: it is asked for again when its training has started.
      if (toValue(run) === id) failure.value = messageOf(error);
    }
  }

  function clear(): void {
    clearTimeout(timer);
    [incoming, timer] = [[], undefined];
    [details.value, metrics.value, previews.value, filters.value, alarms.value, failure.value] = [undefined, [], [], [], [], undefined];
  }

  function receive(event: EngineEvent): void {
    if (event.type === 'job' || event.id !== toValue(job)) return;
    if (event.type === 'ended') return void load();
    if (event.type !== 'event') return;
    if (event.name === 'metrics') take(event.data as MetricsLine);
    if (event.name === 'preview') previews.value = withStep(previews.value, event.data);
    if (event.name === 'filters') filters.value = withStep(filters.value, event.data);
    if (event.name === 'alarm') alarms.value = [...alarms.value, event.data as RaisedAlarm];
    if (event.name === 'started') void load();
    if (['checkpoint', 'paused', 'resumed'].includes(event.name)) void load(false);
  }

  /** Its run is being trained, but by no job of this engine. */
  function isLost(): boolean {
    const view = useJobs().byId.get(toValue(job) ?? '');
    return details.value?.summary.state === 'training' && (view === undefined || hasEnded(view));
  }

  function take(line: MetricsLine): void {
    incoming.push(line);
    timer ??= setTimeout(draw, DRAW_EVERY_MS);
  }

  function draw(): void {
    timer = undefined;
    const first = incoming[0]?.step ?? Infinity;
    const lines = [...metrics.value.filter(({ step }) => step < first), ...incoming];
    incoming = [];
    metrics.value = lines.length > MOST_POINTS ? lines.filter((line, index) => line.validation || index % 2 === 0 || index === lines.length - 1) : lines;
  }

  watch(() => toValue(run), () => {
    clear();
    void load();
  }, { immediate: true });
  const leave = [door.subscribe(receive), door.watchLink((link) => link === 'open' && void load()), watchLostTraining(() => load(), isLost)];
  onScopeDispose(() => {
    leave.forEach((end) => end());
    clearTimeout(timer);
  });

  return { details, metrics, previews, filters, alarms, failure, reload: load, last: computed(() => metrics.value.at(-1)) };
}

function withStep(steps: readonly number[], data: unknown): number[] {
  return [...new Set([...steps, (data as { step: number }).step])].sort((x, y) => x - y);
}

const BEGUN = /^\S+ training from step /;
/** Runs of earlier versions do not tell the kind. */
const WARNING = /^\S+ warning(?: \(([a-z-]+)\))?: /;

/** Warnings since the training was last begun. */
function alarmsOf(log: readonly string[]): RaisedAlarm[] {
  const since = log.findLastIndex((line) => BEGUN.test(line));
  return log.slice(since + 1).filter((line) => WARNING.test(line)).map((line) => {
    const kind = WARNING.exec(line)?.[1];
    return { kind: ALARM_KINDS.find((known) => known === kind), message: line.replace(WARNING, '') };
  });
}
