import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { JobInput } from '../../../../shared/contract/kinds.js';
import type { PICTURE_SCALES } from '../../../../shared/contract/kinds/graph-running.js';
import { namedLikePicture } from '../../../../shared/picture-names.js';
import { useGraphs } from '../../../stores/graphs.js';
import { useExport } from '../../exports/use-export.js';

export type Scale = (typeof PICTURE_SCALES)[number];
type Feeds = JobInput<'graphRun'>['feeds'];

/** What goes into an input. */
export interface InputFeed {
  name: string;
  /** Has a default: nothing has to be fed. */
  optional: boolean;
  shape: readonly (number | null)[] | null;
  kind: 'default' | 'random' | 'file';
  path?: string;
  scale?: Scale;
  /** Sizes of random numbers, as typed: `1 × 32 × 32 × 1`. */
  sizes: string;
}

/** Running the graph that is open: what is fed, what is fetched, and what came out. */
export const useRunningGraph = defineStore('running-graph', () => {
  const graphs = useGraphs();
  const [look, save] = [useExport('graphRun'), useExport('graphRun')];
  const feeds = ref<InputFeed[]>([]);
  const fetches = ref<string[]>([]);
  const allowed = ref<string[]>([]);
  const runs = ref(5);
  const folder = ref<string>();
  const overwrite = ref(false);
  /** What the results on the screen were made with. */
  const shown = shallowRef<JobInput<'graphRun'>>();

  const likely = computed(() => graphs.summary?.outputs.filter(({ leftover }) => leftover === undefined) ?? []);
  const missing = computed(() => {
    const unfed = feeds.value.find(({ kind, path }) => kind === 'file' && path === undefined);
    if (unfed) return `Choose a file for ${unfed.name}, or feed random numbers.`;
    const wrong = feeds.value.find(({ kind, sizes }) => kind === 'random' && sizesOf(sizes) === undefined);
    if (wrong) return `Say how many random numbers ${wrong.name} gets: 1 × 32 × 32 × 1.`;
    return fetches.value.length === 0 ? 'Choose at least one node to fetch.' : undefined;
  });

  watch(() => graphs.path, () => {
    feeds.value = (graphs.summary?.inputs ?? []).map(({ name, shape, optional }) => ({ name, shape, optional, kind: optional ? 'default' : 'random', sizes: sizesFor(shape) }));
    fetches.value = likely.value.slice(0, 1).map(({ name }) => name);
    [allowed.value, look.result.value, look.failure.value, save.result.value, save.failure.value] = [[], undefined, undefined, undefined, undefined];
  }, { immediate: true });

  function parameters(file: string): JobInput<'graphRun'> {
    return { file, feeds: feedsOf(feeds.value), spare: true, fetches: [...fetches.value], allow: [...allowed.value], runs: runs.value };
  }

  async function run(): Promise<void> {
    if (graphs.path === undefined || missing.value !== undefined) return;
    [save.result.value, save.failure.value] = [undefined, undefined];
    shown.value = parameters(graphs.path);
    await look.start({ ...shown.value, look: true });
  }

  /** Writes what is shown: the same inputs once more, random ones included. */
  async function keep(): Promise<void> {
    if (!shown.value || folder.value === undefined) return;
    const pictures = look.result.value?.results.every((result) => result.look?.picture !== undefined) ?? false;
    await save.start({ ...shown.value, runs: 1, out: folder.value, formats: ['npy', 'csv', ...(pictures ? ['png' as const] : [])], overwrite: overwrite.value });
  }

  return {
    feeds, fetches, allowed, runs, folder, overwrite, likely, missing, shown, run, keep,
    job: look.job, busy: look.busy, result: look.result, failure: look.failure, cancel: look.cancel,
    saveJob: save.job, saving: save.busy, saved: save.result, saveFailure: save.failure, cancelSave: save.cancel, showSaved: save.show,
  };
});

function feedsOf(feeds: readonly InputFeed[]): Feeds {
  return feeds.flatMap(({ name, kind, path, scale, sizes }): Feeds => {
    if (kind === 'default') return [];
    if (kind === 'random') return [{ name, source: { kind, shape: sizesOf(sizes) } }];
    return [{ name, source: { kind, path: path ?? '', ...(scale && namedLikePicture(path ?? '') && { scale }) } }];
  });
}

/** Something small for sizes that are open. */
function sizesFor(shape: readonly (number | null)[] | null): string {
  return (shape ?? []).map((size, axis) => size ?? (axis === 0 ? 1 : shape?.length === 4 && axis < 3 ? 64 : 8)).join(' × ');
}

/** undefined where it is no list of sizes; nothing at all is one number. */
function sizesOf(text: string): number[] | undefined {
  const parts = text.split(/[×x*,\s]+/i).filter(Boolean);
  return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : undefined;
}
