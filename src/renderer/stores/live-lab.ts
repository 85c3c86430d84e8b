import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { EngineEvent } from '../../shared/contract/events.js';
import type { DetailsOf } from '../../shared/contract/lab-view.js';
import type { ActivationsReport } from '../../shared/labs/activations/results.js';
import { shownReports } from '../../shared/labs/activations/shown-reports.js';
import type { LabKind } from '../../shared/labs/files.js';
import type { RegularizationEpoch } from '../../shared/labs/regularization/results.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { hasEnded, useJobs } from './jobs.js';
import { watchLostTraining } from './lost-training.js';

/** Of kinds that report as they go on. */
export type ReportOf<K extends LabKind> = K extends 'regularization' ? RegularizationEpoch : K extends 'activations' ? ActivationsReport : never;
type AnyReport = RegularizationEpoch | ActivationsReport;

/** Reports kept in the page, about: of more of them every so many are, and memory is flat however long a comparison goes on. */
const MOST_REPORTS = 3000;
/** Charts are drawn anew at most so often. */
const DRAW_EVERY_MS = 200;

/**
 * A laboratory's run as it stands on disk, kept up to date by what its job tells.
 * @param kind What it has to be; a run of another laboratory is a failure. @param lab Its id; undefined for none. @param job Id of the job that writes it, if any.
 */
export function useLiveLab<K extends LabKind>(kind: K, lab: MaybeRefOrGetter<string | undefined>, job: MaybeRefOrGetter<string | undefined>) {
  const details = shallowRef<DetailsOf<K>>();
  const reports = shallowRef<ReportOf<K>[]>([]);
  const failure = ref<string>();
  let incoming: AnyReport[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  /** Number of the reading that is shown: one that was asked for before it comes too late. */
  let shown = 0;

  async function load(): Promise<void> {
    const id = toValue(lab);
    if (id === undefined) return;
    const reading = ++asked;
    try {
      const read = await door.request('readLab', { lab: id, points: MOST_REPORTS });
      if (toValue(lab) !== id || reading < shown) return;
      shown = reading;
      if (read.kind !== kind) return void (failure.value = `${read.summary.name} is an experiment of another kind: ${read.kind}.`);
      [details.value, failure.value] = [read as DetailsOf<K>, undefined];
      if ('reports' in read) reports.value = merged(read.reports, reports.value) as ReportOf<K>[];
    } catch (error) {
      // One that is being prepared has no folder yet: it is asked for again when it has started.
      if (toValue(lab) === id && reading > shown && !isOpen()) failure.value = messageOf(error);
    }
  }

  function clear(): void {
    clearTimeout(timer);
    [incoming, timer] = [[], undefined];
    [details.value, reports.value, failure.value] = [undefined, [], undefined];
  }

  function receive(event: EngineEvent): void {
    if (event.type === 'job' || event.id !== toValue(job)) return;
    if (event.type === 'ended') return void load();
    if (event.type !== 'event') return;
    if (event.name === 'started' || event.name === 'variant') void load();
    if (event.name !== 'epoch' && event.name !== 'report') return;
    incoming.push(event.data as AnyReport);
    timer ??= setTimeout(draw, DRAW_EVERY_MS);
  }

  function draw(): void {
    timer = undefined;
    reports.value = merged(reports.value, incoming) as ReportOf<K>[];
    incoming = [];
  }

  function isOpen(): boolean {
    const view = useJobs().byId.get(toValue(job) ?? '');
    return view !== undefined && !hasEnded(view);
  }

  watch(() => toValue(lab), () => {
    clear();
    void load();
  }, { immediate: true });
  const leave = [
    door.subscribe(receive), door.watchLink((link) => link === 'open' && void load()),
    watchLostTraining(load, () => details.value?.summary.state === 'training' && !isOpen()),
  ];
  onScopeDispose(() => {
    leave.forEach((end) => end());
    clearTimeout(timer);
  });

  return { details, reports, failure, reload: load };
}

/** Each report once, in the order of the training; of one that is told again, after a resume, the later one counts. */
function merged(before: readonly AnyReport[], added: readonly AnyReport[]): AnyReport[] {
  const all = new Map(before.map((report) => [keyOf(report), report]));
  for (const report of added) all.set(keyOf(report), report);
  const list = [...all.values()];
  if (list.every(isEpoch)) return list.sort((x, y) => x.epoch - y.epoch);
  return list.length > 2 * MOST_REPORTS ? shownReports(list as ActivationsReport[], MOST_REPORTS) : list;
}

function isEpoch(report: AnyReport): report is RegularizationEpoch {
  return 'members' in report;
}

function keyOf(report: AnyReport): string {
  return isEpoch(report) ? String(report.epoch) : `${report.activation} ${report.normalization} ${report.run} ${report.step}`;
}
