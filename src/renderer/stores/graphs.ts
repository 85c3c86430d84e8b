import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { GraphDifference, GraphSummary, OpenCheckpoint } from '../../shared/contract/graph-view.js';
import type { Reply } from '../../shared/contract/requests.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { useChoosing } from './choosing.js';

const KEY = 'chromabench.graph';
const CHECKPOINT_KEY = 'chromabench.checkpoint';
const GIVEN_UP = Symbol('given up');

/** What the window has open on the screen Graphs: a graph, a checkpoint, a second graph beside it. */
export const useGraphs = defineStore('graphs', () => {
  const choosing = useChoosing();
  const summary = shallowRef<GraphSummary>();
  const checkpoint = shallowRef<OpenCheckpoint>();
  const difference = shallowRef<GraphDifference & { path: string }>();
  /** What is being read now. */
  const reading = ref<string>();
  const failure = ref<string>();
  /** Function whose body is looked through; the graph itself where absent. */
  const body = ref<string>();
  const node = ref<string>();
  /** The node is one that only the second graph has. */
  const inSecond = ref(false);
  const tensor = ref<string>();
  /** Name of the run that the graph is the network of. */
  const run = ref<string>();
  const recent = shallowRef<Reply<'listRecentGraphs'>>([]);
  let giveUp: (reason: unknown) => void = () => {};
  let turns = 0;

  const path = computed(() => summary.value?.path);
  /** Counts up with every opening: the same file may have changed meanwhile. */
  const opened = ref(0);
  /** What a request for nodes begins with. */
  const place = computed(() => ({ file: summary.value?.path ?? '', ...(body.value !== undefined && { body: body.value }) }));

  /** The same for the node that is looked at. */
  const nodePlace = computed(() => (inSecond.value && difference.value ? { ...place.value, file: difference.value.path } : place.value));

  watch([opened, body, difference], () => look(undefined));
  watch(checkpoint, () => (tensor.value = undefined));

  function look(name: string | undefined, ofSecond = false): void {
    [node.value, inSecond.value] = [name, ofSecond];
  }

  /** Does one thing at a time, and says what went wrong. @returns undefined where it went wrong or was given up. */
  async function read<T>(what: string, asked: Promise<T>): Promise<T | undefined> {
    giveUp(GIVEN_UP);
    const turn = (turns += 1);
    [reading.value, failure.value] = [what, undefined];
    const stopped = new Promise<never>((_, reject) => (giveUp = reject));
    try {
      return await Promise.race([asked, stopped]);
    } catch (error) {
      if (error !== GIVEN_UP) failure.value = messageOf(error);
      return undefined;
    } finally {
      if (turn === turns) reading.value = undefined;
    }
  }

  async function open(file: string): Promise<boolean> {
    const found = await read(file, door.request('openGraph', { file }));
    if (!found) return false;
    [summary.value, body.value, difference.value, run.value] = [found, undefined, undefined, undefined];
    // Another graph of the same shape would be frozen with these values, and its proof could not tell.
    checkpoint.value = undefined;
    opened.value += 1;
    sessionStorage.setItem(KEY, file);
    sessionStorage.removeItem(CHECKPOINT_KEY);
    void refreshRecent();
    return true;
  }

  /** Looks whether the file has changed meanwhile; then what was seen of it is out of date. */
  async function refresh(): Promise<void> {
    const before = summary.value;
    if (!before || reading.value !== undefined) return;
    try {
      const found = await door.request('openGraph', { file: before.path });
      if (summary.value !== before || found.stamp === before.stamp) return;
      [summary.value, body.value, difference.value] = [found, undefined, undefined];
      opened.value += 1;
    } catch (error) {
      if (summary.value === before) failure.value = `What is shown is out of date: ${messageOf(error)}`;
    }
  }

  async function openCheckpoint(given: string): Promise<boolean> {
    const found = await read(given, door.request('openCheckpoint', { checkpoint: given }));
    if (!found) return false;
    checkpoint.value = found;
    sessionStorage.setItem(CHECKPOINT_KEY, given);
    return true;
  }

  /** A run's structure with its newest weights. */
  async function openRun({ id, name }: { id: string; name: string }): Promise<boolean> {
    const places = await read(name, door.request('graphOfRun', { run: id }));
    if (!places || !(await open(places.graph))) return false;
    run.value = name;
    if (places.checkpoint !== null) await openCheckpoint(places.checkpoint);
    return true;
  }

  async function compare(second: string): Promise<void> {
    if (path.value === undefined) return;
    const found = await read(second, door.request('compareGraphs', { first: path.value, second }));
    if (found) difference.value = { ...found, path: second };
  }

  /** A file that was dropped or opened lately: what it is, its name says. */
  function openAny(file: string): Promise<boolean> {
    return /\.(index|data-\d{5}-of-\d{5})$/.test(file) ? openCheckpoint(file) : open(file);
  }

  async function chooseGraph(title = 'Open a graph', action = 'Open'): Promise<string | undefined> {
    return (await choosing.pick({ kind: 'graph', title, action }))?.[0];
  }

  async function chooseCheckpoint(): Promise<string | undefined> {
    return (await choosing.pick({ kind: 'checkpoint', title: 'Open a checkpoint', action: 'Open' }))?.[0];
  }

  /** Stops reading; what was open stays open. */
  async function stop(): Promise<void> {
    giveUp(GIVEN_UP);
    await door.request('giveUpGraphs', {});
  }

  async function refreshRecent(): Promise<void> {
    recent.value = await door.request('listRecentGraphs', {}).catch(() => recent.value);
  }

  /** The graph and the checkpoint that were open before the page was loaded anew. */
  async function restore(): Promise<void> {
    if (summary.value || checkpoint.value || reading.value) return;
    const [file, weights] = [KEY, CHECKPOINT_KEY].map((key) => sessionStorage.getItem(key));
    if (file !== null && !(await open(file))) return;
    if (weights !== null) await openCheckpoint(weights);
  }

  return {
    summary, checkpoint, difference, reading, failure, body, node, tensor, run, recent, path, opened, place, nodePlace, look,
    open, openAny, openCheckpoint, openRun, compare, chooseGraph, chooseCheckpoint, stop, refresh, refreshRecent, restore,
  };
});
