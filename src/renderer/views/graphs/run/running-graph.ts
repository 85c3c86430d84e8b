import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { useGraphs } from '../../../stores/graphs.js';
import { useExport } from '../../exports/use-export.js';
import { type InputFeed, inputFeed, lackingFeed, saidFeeds } from '../feeds.js';
import { usualLeave } from '../leave.js';

/** Running the graph that is open: what is fed, what is fetched, and what came out. */
export const useRunningGraph = defineStore('running-graph', () => {
  const graphs = useGraphs();
  const [look, save] = [useExport('graphRun', 'looking'), useExport('graphRun')];
  const feeds = ref<InputFeed[]>([]);
  const fetches = ref<string[]>([]);
  const leave = ref(usualLeave());
  const runs = ref(5);
  const folder = ref<string>();
  const overwrite = ref(false);
  /** What the results on the screen were made with; those of another graph are not shown. */
  const shown = computed(() => (look.given.value?.file === graphs.path ? look.given.value : undefined));

  const likely = computed(() => graphs.summary?.outputs.filter(({ leftover }) => leftover === undefined) ?? []);
  const missing = computed(() => lackingFeed(feeds.value) ?? (fetches.value.length === 0 ? 'Choose at least one node to fetch.' : undefined));

  watch(() => graphs.opened, (count) => {
    // A page that was loaded anew finds its results again.
    if (count > 1) look.clear();
    save.clear();
    feeds.value = (graphs.summary?.inputs ?? []).map((input) => inputFeed(input, input.optional ? 'unsaid' : 'random'));
    fetches.value = likely.value.slice(0, 1).map(({ name }) => name);
    leave.value = usualLeave();
  }, { immediate: true });

  async function run(): Promise<void> {
    if (graphs.path === undefined || missing.value !== undefined) return;
    save.clear();
    await look.start({ file: graphs.path, feeds: saidFeeds(feeds.value), spare: true, fetches: [...fetches.value], ...leave.value, runs: runs.value, look: true });
  }

  /** Writes what is shown: the same inputs once more, random ones included. */
  async function keep(): Promise<void> {
    if (!shown.value || folder.value === undefined) return;
    const pictures = look.result.value?.results.every((result) => result.look?.picture !== undefined) ?? false;
    await save.start({ ...shown.value, look: false, runs: 1, out: folder.value, formats: ['npy', 'csv', ...(pictures ? ['png' as const] : [])], overwrite: overwrite.value });
  }

  return {
    feeds, fetches, leave, runs, folder, overwrite, likely, missing, shown, run, keep,
    job: look.job, busy: look.busy, result: computed(() => shown.value && look.result.value), failure: computed(() => shown.value && look.failure.value), cancel: look.cancel,
    saveJob: save.job, saving: save.busy, saved: save.result, saveFailure: save.failure, cancelSave: save.cancel, showSaved: save.show,
  };
});
