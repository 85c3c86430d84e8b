import { watch, ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { type SharedLab, type SharedState, stateOfFragment } from '../../../shared/labs/share.js';
import { messageOf } from '../../api/request-error.js';

/**
 * Takes the state that the page's address carries, once: what is changed afterwards is the person's.
 * @param take Begins from it.
 */
export function useSharedState<L extends SharedLab>(lab: L, take: (state: Extract<SharedState, { lab: L }>) => void) {
  const [route, router] = [useRoute(), useRouter()];
  const failure = ref<string>();

  watch(() => route.query, (query) => {
    const values = Object.entries(query).map(([key, value]): [string, string] => [key, String(Array.isArray(value) ? value.at(-1) : value)]);
    if (!values.length) return;
    try {
      take(stateOfFragment(`${lab}?${new URLSearchParams(values).toString()}`) as Extract<SharedState, { lab: L }>);
      failure.value = undefined;
    } catch (error) {
      failure.value = `The link cannot be opened. ${messageOf(error)}`;
    }
    void router.replace({ path: route.path });
  }, { immediate: true });

  return { failure };
}
