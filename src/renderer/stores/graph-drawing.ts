import { defineStore, storeToRefs } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { GraphDrawing } from '../../shared/contract/graph-view.js';
import { door } from '../api/door.js';
import { messageOf } from '../api/request-error.js';
import { useGraphs } from './graphs.js';

/** The drawing of the graph that is open: which of its scopes are open stays when the person looks elsewhere and comes back. */
export const useGraphDrawing = defineStore('graph-drawing', () => {
  const { place, path, difference, opened } = storeToRefs(useGraphs());
  const drawing = shallowRef<GraphDrawing>();
  const failure = ref<string>();
  const busy = ref(false);
  /** Whether the difference to the second graph is marked. */
  const marked = ref(true);
  /** Name of a node that is to come into view once it is drawn. */
  const wanted = ref<string>();
  let asked = 0;

  watch([place, difference, marked, opened], () => (drawing.value = undefined));

  /** @param open Ids of the scopes that are open; where absent, what is best to begin with. */
  async function draw(open?: readonly string[], reveal?: string): Promise<void> {
    if (path.value === undefined) return;
    const turn = (asked += 1);
    const [wantedPlace, wantedDifference, wantedMarks] = [place.value, difference.value, marked.value];
    // Another graph may have been opened while nobody looks at drawings and asks for its own.
    const isWanted = () => turn === asked && place.value === wantedPlace && difference.value === wantedDifference && marked.value === wantedMarks;
    busy.value = true;
    try {
      const beside = marked.value ? difference.value?.path : undefined;
      const found = await door.request('drawGraph', { ...place.value, ...(beside && { beside }), ...(open && { open: [...open] }), ...(reveal !== undefined && { reveal }) });
      if (isWanted()) [drawing.value, failure.value] = [found, undefined];
    } catch (error) {
      if (isWanted()) failure.value = messageOf(error);
    } finally {
      if (turn === asked) busy.value = false;
    }
  }

  /** Opens a scope that is closed, and the other way round. */
  function toggle(id: string): Promise<void> {
    const open = drawing.value?.open ?? [];
    return draw(open.includes(id) ? open.filter((other) => other !== id) : [...open, id]);
  }

  return { drawing, failure, busy, marked, wanted, draw, toggle };
});
