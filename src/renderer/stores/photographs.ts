import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Window } from '../../shared/colour/bins.js';
import type { CatalogueSummary } from '../../shared/contract/catalogue.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { hasEnded, useJobs } from './jobs.js';
import { useSettings } from './settings.js';

/** Which folder this page shows; each page of a browser has its own. */
const FOLDER_KEY = 'chromabench.folder';

/** The open folder, what is known of it, and what of it is chosen. */
export const usePhotographs = defineStore('photographs', () => {
  const jobs = useJobs();
  const folder = ref<string>();
  const catalogue = shallowRef<CatalogueSummary | null>(null);
  const failure = ref<string>();
  /** First-level subfolders chosen; none means all. */
  const subfolders = ref<string[]>([]);
  const colourWindow = ref<Window>(10);
  const lambda = ref(0.5);
  /** ab units. */
  const smoothing = ref(0);
  let generation: number | undefined;
  const scanId = ref<string>();
  const scan = computed(() => (scanId.value === undefined ? undefined : jobs.byId.get(scanId.value)));
  const scanning = computed(() => scan.value !== undefined && !hasEnded(scan.value));
  const name = computed(() => folder.value?.split(/[/\\]/).filter(Boolean).at(-1));
  const used = computed(() => catalogue.value?.counts.used ?? 0);
  const chosen = computed(() => {
    if (!subfolders.value.length) return used.value;
    return catalogue.value?.subfolders.filter((entry) => subfolders.value.includes(entry.name)).reduce((sum, entry) => sum + entry.photographs, 0) ?? 0;
  });

  watch(scan, (job) => job && hasEnded(job) && void take(job.id));
  door.watchEngine((state) => {
    const isAnother = generation !== undefined && generation !== state.generation;
    generation = state.generation;
    // The first look at the folder ended with the engine that died.
    if (isAnother && state.state === 'running' && !catalogue.value) void look();
  });

  /** Shows what is known of a folder at once, and looks through it again. */
  async function open(path: string): Promise<void> {
    if (scanning.value && scanId.value) void jobs.cancel(scanId.value).catch(() => {});
    [folder.value, catalogue.value, failure.value, scanId.value] = [path, null, undefined, undefined];
    subfolders.value = [];
    sessionStorage.setItem(FOLDER_KEY, path);
    try {
      const known = await door.request('openCatalogue', { folder: path });
      if (folder.value !== path) return;
      catalogue.value = known;
      await look();
      await useSettings().refresh();
    } catch (error) {
      if (folder.value === path) failure.value = messageOf(error);
    }
  }

  /** Looks through the folder; joins a look that is under way. */
  async function look(): Promise<void> {
    failure.value = undefined;
    const path = folder.value;
    if (path === undefined) return;
    try {
      const id = (await underWay(path)) ?? (await door.request('startJob', { kind: 'scan', parameters: { folder: path } })).id;
      // Another folder was opened meanwhile.
      if (folder.value !== path) return void jobs.cancel(id).catch(() => {});
      scanId.value = id;
      await jobs.refresh();
    } catch (error) {
      if (folder.value === path) failure.value = messageOf(error);
    }
  }

  async function underWay(path: string): Promise<string | undefined> {
    for (const job of await door.request('listJobs', {})) {
      if (job.kind !== 'scan' || hasEnded(job)) continue;
      if (((await door.request('parametersOfJob', { id: job.id })) as { folder: string }).folder === path) return job.id;
    }
    return undefined;
  }

  async function take(id: string): Promise<void> {
    const outcome = await door.request('outcomeOfJob', { id }).catch(() => null);
    if (id !== scanId.value || outcome === null) return;
    if (outcome.state === 'done') catalogue.value = outcome.result as CatalogueSummary;
    if (outcome.state === 'failed') failure.value = outcome.error.message;
    if (outcome.state === 'cancelled' && !catalogue.value) failure.value = `The look through the folder was stopped. ${outcome.kept}`;
    const known = new Set(catalogue.value?.subfolders.map((entry) => entry.name));
    subfolders.value = subfolders.value.filter((entry) => known.has(entry));
  }

  /** What this page showed before it was loaded again, else what the program was started with. */
  async function restore(): Promise<void> {
    if (folder.value !== undefined) return;
    const path = namedInAddress() ?? sessionStorage.getItem(FOLDER_KEY) ?? (await door.request('listPlaces', {})).given;
    if (path !== undefined && folder.value === undefined) await open(path);
  }

  function toggle(subfolder: string): void {
    const without = subfolders.value.filter((entry) => entry !== subfolder);
    subfolders.value = without.length < subfolders.value.length ? without : [...without, subfolder].sort();
  }

  return {
    folder, name, catalogue, failure, subfolders, colourWindow, lambda, smoothing, scan, scanning, used, chosen,
    open, look, restore, toggle,
    cancelScan: () => scanId.value && void jobs.cancel(scanId.value).catch(() => {}),
  };
});

/** A second start of the program leads here with its folder in the address; a reload must not open it again. */
function namedInAddress(): string | undefined {
  const [screen, query] = location.hash.split('?');
  const folder = new URLSearchParams(query).get('open');
  if (folder === null) return undefined;
  history.replaceState(history.state, '', screen);
  return folder;
}
