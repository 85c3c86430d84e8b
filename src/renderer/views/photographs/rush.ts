import { useEventListener } from '@vueuse/core';
import { onScopeDispose, ref, type Ref } from 'vue';

/** Without a further scroll for so long, it has stopped. */
const SETTLED_MS = 120;
/** Of a frame: two steps in one frame are one. */
const SHORTEST_MS = 16;

/**
 * Whether somebody scrolls faster than can be looked at.
 * @param limit CSS pixels a second.
 */
export function useRush(scroller: Readonly<Ref<HTMLElement | null>>, limit: () => number): Ref<boolean> {
  const rushing = ref(false);
  let [place, time] = [0, 0];
  let settled: ReturnType<typeof setTimeout> | undefined;

  useEventListener(scroller, 'scroll', ({ timeStamp, target }) => {
    const top = (target as HTMLElement).scrollTop;
    const seconds = Math.max(timeStamp - time, SHORTEST_MS) / 1000;
    rushing.value = Math.abs(top - place) / seconds > limit();
    [place, time] = [top, timeStamp];
    clearTimeout(settled);
    settled = setTimeout(() => (rushing.value = false), SETTLED_MS);
  }, { passive: true });
  onScopeDispose(() => clearTimeout(settled));
  return rushing;
}
