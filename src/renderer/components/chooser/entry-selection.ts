import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { FolderEntry } from '../../../shared/contract/requests/places.js';

/** A pause as long as this begins a new word of type-ahead. */
const TYPING_MS = 900;

/** Which entries of a list are chosen and which has the keyboard, as file managers do it. */
export function useEntrySelection(entries: Ref<readonly FolderEntry[]>, several: Ref<boolean>) {
  const current = ref(0);
  const chosen = shallowRef<ReadonlySet<number>>(new Set());
  let anchor = 0;
  let typed = '';
  let typedAt = 0;

  watch(entries, () => {
    [current.value, chosen.value, anchor, typed] = [0, new Set(), 0, ''];
  });

  function only(index: number): void {
    [current.value, chosen.value, anchor] = [index, new Set([index]), index];
  }

  function toggle(index: number): void {
    if (!several.value) return only(index);
    const next = new Set(chosen.value);
    if (!next.delete(index)) next.add(index);
    [current.value, chosen.value, anchor] = [index, next, index];
  }

  function through(index: number): void {
    if (!several.value) return only(index);
    const [first, last] = [Math.min(anchor, index), Math.max(anchor, index)];
    [current.value, chosen.value] = [index, new Set(Array.from({ length: last - first + 1 }, (_, k) => first + k))];
  }

  /** A click or a step of the keyboard: with Shift up to there, with Ctrl that one too. */
  function take(index: number, { shiftKey, ctrlKey, metaKey }: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>): void {
    if (shiftKey) through(index);
    else if (ctrlKey || metaKey) toggle(index);
    else only(index);
  }

  /** @param by Entries down; clamped to the list. */
  function step(by: number, keys: Pick<MouseEvent, 'shiftKey'>): void {
    if (!entries.value.length) return;
    const from = chosen.value.size ? current.value : by > 0 ? -1 : entries.value.length;
    const index = Math.min(entries.value.length - 1, Math.max(0, from + by));
    take(index, { shiftKey: keys.shiftKey, ctrlKey: false, metaKey: false });
  }

  function all(): void {
    if (several.value) chosen.value = new Set(entries.value.map((_, index) => index));
  }

  /** Goes to the next entry that begins with what was typed without a pause; one letter again and again walks its entries. */
  function type(letter: string, now: number): void {
    typed = now - typedAt > TYPING_MS ? letter : typed + letter;
    typedAt = now;
    const [walking, n] = [[...typed].every((sign) => sign === typed[0]), entries.value.length];
    const [word, first] = [(walking ? typed[0] : typed).toLocaleLowerCase(), current.value + (walking && chosen.value.size ? 1 : 0)];
    const found = Array.from({ length: n }, (_, k) => (first + k) % n).find((index) => entries.value[index].name.toLocaleLowerCase().startsWith(word));
    if (found !== undefined) only(found);
  }

  function clear(): void {
    chosen.value = new Set();
  }

  return {
    current, chosen, only, take, toggle, step, all, type, clear,
    entries: computed(() => [...chosen.value].sort((x, y) => x - y).map((index) => entries.value[index]).filter((entry) => entry !== undefined)),
  };
}
export type EntrySelection = ReturnType<typeof useEntrySelection>;
