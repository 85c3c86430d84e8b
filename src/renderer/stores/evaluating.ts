import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { JobInput, JobResult } from '../../shared/contract/kinds.js';
import type { Reply } from '../../shared/contract/requests.js';
import type { EvaluationFile } from '../../shared/run/evaluation.js';
import { PAPER_TEMPERATURE } from '../../shared/run/temperature.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { useChosenRun } from './chosen-run.js';
import { useJobs } from './jobs.js';

/** Which photographs are measured: those that the run held back, or a folder's. */
export type EvaluatedSource = { part: 'test' | 'validation' } | { folder: string };

/** An evaluation that is shown; without an id where its run could not keep it. */
export interface ShownEvaluation {
  id?: string;
  file: Omit<EvaluationFile, 'version'>;
}

/** The chosen run's evaluations, and the one that is being made. */
export const useEvaluating = defineStore('evaluating', () => {
  const [jobs, chosen] = [useJobs(), useChosenRun()];
  const list = shallowRef<Reply<'listEvaluations'>>();
  const shown = shallowRef<ShownEvaluation>();
  const failure = ref<string>();
  /** What the person chose; the run's own until then. */
  const chosenTemperature = ref<number>();
  const temperature = computed({
    get: () => chosenTemperature.value ?? chosen.readable?.best?.temperature ?? PAPER_TEMPERATURE,
    set: (value) => (chosenTemperature.value = value),
  });
  const source = shallowRef<EvaluatedSource>({ part: 'test' });
  /** Whether old scans of the photographs are measured too. */
  const worn = ref(false);
  const job = computed(() => jobs.open.find(({ kind }) => kind === 'evaluate'));

  watch(() => chosen.id, (run, before) => {
    if (run === before) return;
    [list.value, shown.value, failure.value, chosenTemperature.value] = [undefined, undefined, undefined, undefined];
    void load();
  }, { immediate: true });
  door.watchLink((link) => link === 'open' && void load());
  door.subscribe((event) => {
    if (event.type === 'ended' && event.id.startsWith('evaluate-')) void heed(event.id);
  });

  /** The list anew, and the newest of it where nothing is shown. */
  async function load(): Promise<void> {
    const run = chosen.readable?.id;
    if (run === undefined) return;
    try {
      const read = await door.request('listEvaluations', { run });
      if (run !== chosen.id) return;
      list.value = read;
      if (!('folder' in source.value) && read.heldBack[source.value.part] === 0 && read.heldBack.validation > 0) source.value = { part: 'validation' };
      if (!shown.value && read.evaluations.length) await show(read.evaluations[0].id);
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  async function show(id: string): Promise<void> {
    const run = chosen.id;
    if (run === undefined) return;
    try {
      const file = await door.request('readEvaluation', { run, id });
      if (run === chosen.id) shown.value = { id, file };
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  async function start(): Promise<void> {
    const run = chosen.readable;
    if (!run) return;
    failure.value = undefined;
    const parameters: JobInput<'evaluate'> = { run: run.path, temperature: temperature.value, worn: worn.value, ...source.value };
    try {
      await door.request('startJob', { kind: 'evaluate', parameters });
      await jobs.refresh();
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  /** What came of an evaluation, whichever window began it. */
  async function heed(id: string): Promise<void> {
    const [outcome, parameters] = await Promise.all([
      door.request('outcomeOfJob', { id }).catch(() => null), door.request('parametersOfJob', { id }).catch(() => null),
    ]);
    if (!outcome || (parameters as { run?: string } | null)?.run !== chosen.summary?.path) return;
    if (outcome.state === 'failed') failure.value = outcome.error.message;
    if (outcome.state === 'cancelled') failure.value = `The evaluation was stopped. ${outcome.kept}`;
    if (outcome.state === 'done') await take(outcome.result as JobResult<'evaluate'>);
  }

  async function take({ kept, ...result }: JobResult<'evaluate'>): Promise<void> {
    shown.value = kept === undefined ? { file: { created: new Date().toISOString(), ...result } } : undefined;
    await load();
  }

  return { list, shown, failure, temperature, source, worn, job, start, show, cancel: () => job.value && void jobs.cancel(job.value.id) };
});
