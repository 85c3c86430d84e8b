import { computed, shallowRef } from 'vue';

/** Changes of settings that are kept for being had back; older ones go. */
const MOST_KEPT = 20;

/**
 * Changes of settings that gave way to a preset or to other settings, the last ones first to be had back. For the set-up of a store.
 * @typeParam S A preset with what was changed of it.
 * @param changesNow What is changed now; undefined where nothing is. @param take Puts such changes in the place of those that are there.
 */
export function useLaidAside<S>(changesNow: () => S | undefined, take: (before: S) => void) {
  const all = shallowRef<readonly S[]>([]);
  const laidAside = computed(() => all.value.at(-1));

  /** Keeps what is changed now, before it goes. */
  function layAside(): void {
    const now = changesNow();
    if (now !== undefined) all.value = [...all.value, now].slice(-MOST_KEPT);
  }

  function dismissAside(): void {
    all.value = all.value.slice(0, -1);
  }

  /** Takes what was laid aside last; what is there now is laid aside instead, where it was changed. */
  function bringBack(): void {
    const before = laidAside.value;
    if (before === undefined) return;
    dismissAside();
    layAside();
    take(before);
  }

  return { laidAside, layAside, dismissAside, bringBack };
}
