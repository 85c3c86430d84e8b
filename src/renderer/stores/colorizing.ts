import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { PAPER_TEMPERATURE } from '../../shared/run/temperature.js';
import type { LiveView, OpenWeights } from '../../shared/contract/live-view.js';
import type { Gathered } from '../../shared/contract/requests/colorizing.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { useConnection } from './connection.js';
import { useRuns } from './runs.js';

export type CheckpointChoice = 'best' | 'newest' | number;
/** What is shown beside what: gray and colorized, the colour map alone, colorized and the truth. */
export type Comparison = 'colorized' | 'map' | 'truth';

/** Which run this page colorizes with; each page of a browser has its own. */
const RUN_KEY = 'chromabench.colorizing-run';

/** Pictures of a comparison: the right one, and the left one where there are two. */
export const COMPARED: Readonly<Record<Comparison, { left?: LiveView; right: LiveView }>> = {
  colorized: { left: 'gray', right: 'colour' },
  map: { right: 'map' },
  truth: { left: 'colour', right: 'truth' },
};

/** The run, the photographs and the temperature that the person colorizes with. */
export const useColorizing = defineStore('colorizing', () => {
  const [runs, connection] = [useRuns(), useConnection()];
  const chosenRun = ref(sessionStorage.getItem(RUN_KEY) ?? undefined);
  const checkpoint = ref<CheckpointChoice>('best');
  const weights = shallowRef<OpenWeights>();
  const weightsFailure = ref<string>();
  const opening = ref(false);
  const set = shallowRef<Gathered>();
  const gathering = ref(false);
  const failure = ref<string>();
  const index = ref(0);
  const comparison = ref<Comparison>('colorized');
  /** What the person chose; the weights' own until then. */
  const chosenTemperature = ref<number>();
  const usualTemperature = computed(() => weights.value?.temperature ?? PAPER_TEMPERATURE);
  const temperature = computed({
    get: () => chosenTemperature.value ?? usualTemperature.value,
    set: (value) => (chosenTemperature.value = value),
  });
  /** The dialog of the export is open. */
  const exporting = ref(false);

  /** Runs that have weights to colorize with. */
  const usable = computed(() => runs.all?.filter(({ hasCheckpoint }) => hasCheckpoint) ?? []);
  const run = computed(() => usable.value.find(({ id }) => id === chosenRun.value) ?? usable.value[0]);

  watch(() => run.value?.id, (id) => {
    [weights.value, checkpoint.value, chosenTemperature.value] = [undefined, 'best', undefined];
    if (id !== undefined) void openWeights();
    // At once: a temperature that is set with the run stays.
  }, { immediate: true, flush: 'sync' });
  watch(checkpoint, () => void openWeights());
  // An engine that was started again knows no sets: what was chosen is gathered anew.
  watch(() => connection.engine.generation, () => void openAgain());

  function choose(id: string): void {
    chosenRun.value = id;
    sessionStorage.setItem(RUN_KEY, id);
  }

  /** Opens the chosen checkpoint; asked again, the newest or best as it is by now. */
  async function openWeights(): Promise<void> {
    const [id, choice] = [run.value?.id, checkpoint.value];
    if (id === undefined) return;
    opening.value = true;
    try {
      const opened = await door.request('openWeights', { run: id, checkpoint: choice });
      if (run.value?.id !== id || checkpoint.value !== choice) return;
      [weights.value, weightsFailure.value] = [opened, undefined];
    } catch (error) {
      if (run.value?.id === id) weightsFailure.value = messageOf(error);
    } finally {
      opening.value = false;
    }
  }

  /** Takes files and folders instead of what was there. */
  async function open(paths: string[]): Promise<void> {
    await take(async () => door.request('gatherPhotographs', { paths }), 'No pictures were found there. Choose files, or folders that hold some.');
  }

  async function openAgain(): Promise<void> {
    const [before, at] = [set.value, index.value];
    if (!before) return;
    await open(before.given);
    if (set.value?.total === before.total) index.value = at;
    await openWeights();
  }

  /** Takes the photographs that the run did not learn from. */
  async function openHeldOut(): Promise<void> {
    const id = run.value?.id;
    if (id !== undefined) await take(async () => door.request('gatherHeldOut', { run: id }), 'This run held no photographs back, or they are not where they were. Choose others.');
  }

  async function take(gather: () => Promise<Gathered | null>, nothing: string): Promise<void> {
    gathering.value = true;
    failure.value = undefined;
    try {
      const gathered = await gather();
      if (gathered?.total) {
        [set.value, index.value] = [gathered, 0];
        // Another run that gets its first checkpoint meanwhile does not take this one's place.
        if (run.value) choose(run.value.id);
      } else failure.value = [nothing, ...(gathered?.failed ?? []).map(({ path, reason }) => `${path}: ${reason}`)].join(' ');
    } catch (error) {
      failure.value = messageOf(error);
    } finally {
      gathering.value = false;
    }
  }

  /** @param by Photographs forward, or back. */
  function walk(by: number): void {
    if (set.value) index.value = Math.min(set.value.total - 1, Math.max(0, index.value + by));
  }

  return {
    run, usable, choose, checkpoint, weights, weightsFailure, opening, openWeights, set, gathering, failure, index, comparison, temperature, usualTemperature, exporting,
    open, openHeldOut, walk,
  };
});
