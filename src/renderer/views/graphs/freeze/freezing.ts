import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { useGraphs } from '../../../stores/graphs.js';
import { below, useExport } from '../../exports/use-export.js';
import { type InputFeed, inputFeed, lackingFeed, saidFeeds } from '../feeds.js';
import { usualLeave } from '../leave.js';
import { fileName } from '../names.js';

/** Outputs that are proposed without being asked. */
const MOST_PROPOSED = 4;

/** Answers come for each input of a batch; a loss is one number. Where no size is known, the first in the graph's order: a loss follows what it judges. */
function proposed(outputs: readonly { name: string; shape: readonly (number | null)[] | null }[]): string[] {
  const answers = outputs.filter(({ shape }) => shape !== null && shape.length >= 2).slice(0, MOST_PROPOSED);
  const open = outputs.filter(({ shape }) => shape === null).slice(0, 1);
  return [answers, open, outputs.slice(0, MOST_PROPOSED)].find(({ length }) => length > 0)?.map(({ name }) => name) ?? [];
}

/** What is to be frozen, and the job that does it. */
export const useFreezing = defineStore('freezing', () => {
  const graphs = useGraphs();
  const work = useExport('graphFreeze', 'freezing');
  const outputs = ref<string[]>([]);
  const folder = ref<string>();
  const name = ref('frozen.pb');
  const [loaders, overwrite] = [ref(true), ref(false)];
  /** What the proof runs on. */
  const feeds = ref<InputFeed[]>([]);
  const leave = ref(usualLeave());
  /** What the result on the screen came from; that of another graph is not shown. */
  const shown = computed(() => (work.given.value?.graph === graphs.path ? work.given.value : undefined));

  /** Models that bring their weights along and say themselves what they answer. */
  const complete = computed(() => ['SavedModel', 'LayersModel'].includes(graphs.summary?.format ?? ''));
  const needsCheckpoint = computed(() => !complete.value && (graphs.summary?.variables.count ?? 0) > 0);
  const likely = computed(() => graphs.summary?.outputs.filter(({ leftover }) => leftover === undefined) ?? []);
  const leftovers = computed(() => graphs.summary?.outputs.filter(({ leftover }) => leftover !== undefined) ?? []);
  const out = computed(() => (folder.value === undefined || name.value.trim() === '' ? undefined : below(folder.value, named(name.value.trim()))));
  /** What is still to be done, in a sentence. */
  const missing = computed(() => {
    if (needsCheckpoint.value && !graphs.checkpoint) return 'Choose the checkpoint that holds the values of its variables.';
    if (!complete.value && outputs.value.length === 0) return 'Choose at least one output.';
    const lacking = lackingFeed(feeds.value);
    if (lacking !== undefined) return lacking;
    return out.value === undefined ? 'Choose where to write the frozen graph.' : undefined;
  });

  watch(() => graphs.opened, (count) => {
    const { path } = graphs;
    // A page that was loaded anew finds its work again.
    if (count > 1) work.clear();
    feeds.value = (graphs.summary?.inputs ?? []).map((input) => inputFeed(input, 'unsaid'));
    leave.value = usualLeave();
    outputs.value = complete.value ? [] : proposed(likely.value);
    if (path !== undefined) name.value = `${fileName(path).replaceAll(/[/\\]/g, '-').replace(/\.\w+$/, '')}-frozen.pb`;
    takeOver();
  }, { immediate: true });
  watch(shown, takeOver);

  /** The outputs of the work that is shown. */
  function takeOver(): void {
    if (shown.value?.outputs) outputs.value = [...shown.value.outputs];
  }

  async function start(): Promise<void> {
    if (graphs.path === undefined || out.value === undefined) return;
    const checkpoint = needsCheckpoint.value && graphs.checkpoint ? { checkpoint: `${graphs.checkpoint.prefix}.index` } : {};
    await work.start({ graph: graphs.path, ...checkpoint, outputs: outputs.value, out: out.value, loaders: loaders.value, overwrite: overwrite.value, feeds: saidFeeds(feeds.value), ...leave.value });
  }

  return {
    ...work, result: computed(() => shown.value && work.result.value), failure: computed(() => shown.value && work.failure.value),
    outputs, feeds, leave, folder, name, loaders, overwrite, complete, needsCheckpoint, likely, leftovers, missing, freeze: start,
  };
});

/** With an ending that programs know. */
function named(name: string): string {
  return /\.(pb|pbtxt)$/i.test(name) ? name : `${name}.pb`;
}
