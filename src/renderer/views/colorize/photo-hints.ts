import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { type Hint, MOST_HINTS } from '../../../shared/colour/hints.js';
import type { LiveFacts } from '../../../shared/contract/live-view.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';
import { useConnection } from '../../stores/connection.js';

/** Hints, and the one that is chosen by its number. */
interface Moment {
  hints: readonly Hint[];
  chosen?: number;
}

/**
 * The colour hints of the photograph that is shown: read when it comes, kept after each change, and named so that pictures can
 * be asked for with them.
 */
export function usePhotoHints(facts: Ref<LiveFacts | undefined>) {
  const connection = useConnection();
  const now = shallowRef<Moment>({ hints: [] });
  /** What pictures are painted with: follows `hints` as soon as the engine knows them. */
  const id = ref<string>();
  /** The same without the chosen one: what the network would say of its place by itself. */
  const othersId = ref<string>();
  const failure = ref<string>();
  const [past, future] = [shallowRef<Moment[]>([]), shallowRef<Moment[]>([])];
  /** As it was before a hint was taken up that is still being moved or recoloured. */
  let before: Moment | undefined;
  let busy = false;
  /** What the engine is to be told next, and whether it is to last. */
  let next: { of: LiveFacts; moment: Moment; lasting: boolean } | undefined;

  watch(() => [facts.value?.content, connection.engine.generation], () => void read(), { immediate: true });

  const hints = computed(() => now.value.hints);
  const chosen = computed(() => now.value.chosen);

  async function read(): Promise<void> {
    const of = facts.value;
    [now.value, past.value, future.value, before, next] = [{ hints: [] }, [], [], undefined, undefined];
    [id.value, othersId.value, failure.value] = [undefined, undefined, undefined];
    if (!of) return;
    try {
      const kept = await door.request('readHints', { content: of.content });
      // Whoever has placed one meanwhile adds to what was kept.
      if (facts.value?.content !== of.content) return;
      if (now.value.hints.length) return set({ ...now.value, hints: [...kept.hints, ...now.value.hints] });
      [now.value, id.value] = [{ hints: kept.hints }, kept.id ?? undefined];
    } catch (error) {
      failure.value = messageOf(error);
    }
  }

  /** Shows hints while one of them is being moved or recoloured; `settle` makes them last. */
  function draft(moment: Moment): void {
    before ??= now.value;
    tell(moment, false);
  }

  function settle(): void {
    if (!before) return;
    [past.value, future.value] = [[...past.value, before], []];
    before = undefined;
    tell(now.value, true);
  }

  function set(moment: Moment): void {
    draft(moment);
    settle();
  }

  function tell(moment: Moment, lasting: boolean): void {
    now.value = moment;
    const of = facts.value;
    if (!of) return;
    next = { of, moment, lasting: lasting || (next?.lasting ?? false) };
    void work();
  }

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let wish = next; wish; wish = next) {
      next = undefined;
      await pass(wish);
    }
    busy = false;
  }

  async function pass({ of, moment, lasting }: NonNullable<typeof next>): Promise<void> {
    try {
      const list = [...moment.hints];
      const [named, others] = await Promise.all([
        lasting ? door.request('keepHints', { content: of.content, bytes: of.fileBytes, hints: list }) : door.request('nameHints', { hints: list }),
        door.request('nameHints', { hints: list.filter((_, k) => k !== moment.chosen) }),
      ]);
      if (facts.value?.content !== of.content) return;
      [id.value, othersId.value, failure.value] = [named.id ?? undefined, others.id ?? undefined, undefined];
    } catch (error) {
      failure.value = messageOf(error);
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
    if (k !== now.value.chosen) tell({ ...now.value, chosen: k }, false);
  }

  function remove(k = now.value.chosen): void {
    if (k !== undefined) set({ hints: now.value.hints.filter((_, n) => n !== k) });
  }

  function clear(): void {
    if (now.value.hints.length) set({ hints: [] });
  }

  function step(from: Ref<Moment[]>, to: Ref<Moment[]>): void {
    settle();
    const moment = from.value.at(-1);
    if (!moment) return;
    to.value = [...to.value, now.value];
    from.value = from.value.slice(0, -1);
    tell(moment, true);
  }

  return {
    hints, chosen, id, othersId, failure, read, draft, settle, changed, choose, remove, clear,
    undo: () => step(past, future), redo: () => step(future, past),
    canUndo: computed(() => past.value.length > 0), canRedo: computed(() => future.value.length > 0),
  };
}
export type PhotoHints = ReturnType<typeof usePhotoHints>;
