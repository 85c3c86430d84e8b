import { useEventListener } from '@vueuse/core';
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { type Hint, MOST_HINTS } from '../../../shared/colour/hints.js';
import type { LiveFacts } from '../../../shared/contract/live-view.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';
import { useConnection } from '../../stores/connection.js';
import { type Moment, useHintHistory } from '../../stores/hint-history.js';
import { useHintKeeping } from '../../stores/hint-keeping.js';

/**
 * The colour hints of the photograph that is shown: read when it comes, kept after each change, and named so that pictures can
 * be asked for with them.
 */
export function usePhotoHints(facts: Ref<LiveFacts | undefined>) {
  const [connection, keeping, history] = [useConnection(), useHintKeeping(), useHintHistory()];
  const now = shallowRef<Moment>({ hints: [] });
  /** What pictures are painted with: follows `hints` as soon as the engine knows them. */
  const id = ref<string>();
  /** The same without the chosen one: what the network would say of its place by itself. */
  const othersId = ref<string>();
  /** Why they cannot be read or shown. */
  const failure = ref<string>();
  /** Whether it is known what was kept: earlier there is nothing that could be changed. */
  const ready = ref(false);
  const [past, future] = [shallowRef<readonly Moment[]>([]), shallowRef<readonly Moment[]>([])];
  /** As it was before a hint was taken up that is still being moved or recoloured. */
  let before: Moment | undefined;
  /** Whose hints these are: a change is this one's, though another may be on the screen by the time it is told. */
  let owner: LiveFacts | undefined;
  let busy = false;
  /** Waits to be named. */
  let next: Moment | undefined;

  // At once: what is being moved on one photograph is not moved on the next.
  watch(() => facts.value?.content, turn, { immediate: true, flush: 'sync' });
  // An engine that was started again, or was out of reach, may not know the names.
  watch(() => [connection.link, connection.engine.generation], () => connection.link === 'open' && void (ready.value ? show(now.value) : read()));
  // Whoever leaves lets go.
  useEventListener('pagehide', settle);
  onScopeDispose(settle);

  const hints = computed(() => now.value.hints);
  const chosen = computed(() => now.value.chosen);

  function turn(): void {
    settle();
    owner = facts.value;
    void read();
  }

  async function read(): Promise<void> {
    settle();
    const of = owner;
    [now.value, past.value, future.value, next] = [{ hints: [] }, [], [], undefined];
    [ready.value, id.value, othersId.value, failure.value] = [false, undefined, undefined, undefined];
    if (!of) return;
    try {
      const kept = await keeping.hintsOf(of.content);
      if (owner !== of) return;
      ({ past: past.value, future: future.value } = history.recall(of.content, kept));
      ready.value = true;
      show({ hints: kept });
    } catch (error) {
      if (owner === of) failure.value = messageOf(error);
    }
  }

  /** Shows hints while one of them is being moved or recoloured; `settle` makes them last. */
  function draft(moment: Moment): void {
    if (!ready.value) return;
    before ??= now.value;
    show(moment);
  }

  function settle(): void {
    if (!before) return;
    [past.value, future.value] = [[...past.value, before], []];
    before = undefined;
    keep();
  }

  function set(moment: Moment): void {
    draft(moment);
    settle();
  }

  function keep(): void {
    if (!owner) return;
    history.remember(owner.content, { past: past.value, future: future.value }, now.value.hints);
    keeping.keep(owner.content, owner.fileBytes, now.value.hints);
  }

  function show(moment: Moment): void {
    now.value = moment;
    next = moment;
    void work();
  }

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let wish = next; wish; wish = next) {
      next = undefined;
      await name(wish);
    }
    busy = false;
  }

  async function name({ hints: list, chosen: k }: Moment): Promise<void> {
    const of = owner;
    try {
      const [all, others] = await Promise.all([[...list], list.filter((_, n) => n !== k)].map((each) => door.request('nameHints', { hints: each })));
      if (owner === of) [id.value, othersId.value, failure.value] = [all.id ?? undefined, others.id ?? undefined, undefined];
    } catch (error) {
      if (owner === of) failure.value = messageOf(error);
    }
  }

  /** Gives the chosen hint other properties, or takes a new one. */
  function changed(change: Partial<Hint>, at?: Pick<Hint, 'x' | 'y'>): Moment | undefined {
    const { hints: list, chosen: k } = now.value;
    if (k !== undefined) return { hints: list.map((hint, n) => (n === k ? { ...hint, ...change } : hint)), chosen: k };
    if (!at || change.a === undefined || change.b === undefined || list.length >= MOST_HINTS) return undefined;
    return { hints: [...list, { x: at.x, y: at.y, a: change.a, b: change.b }], chosen: list.length };
  }

  function choose(k: number | undefined): void {
    if (k !== now.value.chosen) show({ ...now.value, chosen: k });
  }

  function remove(k = now.value.chosen): void {
    if (k !== undefined) set({ hints: now.value.hints.filter((_, n) => n !== k) });
  }

  function clear(): void {
    if (now.value.hints.length) set({ hints: [] });
  }

  function step(from: Ref<readonly Moment[]>, to: Ref<readonly Moment[]>): void {
    settle();
    const moment = from.value.at(-1);
    if (!moment) return;
    to.value = [...to.value, now.value];
    from.value = from.value.slice(0, -1);
    show(moment);
    keep();
  }

  return {
    hints, chosen, id, othersId, failure, ready, read, draft, settle, changed, choose, remove, clear,
    undo: () => step(past, future), redo: () => step(future, past),
    canUndo: computed(() => past.value.length > 0), canRedo: computed(() => future.value.length > 0),
  };
}
export type PhotoHints = ReturnType<typeof usePhotoHints>;
