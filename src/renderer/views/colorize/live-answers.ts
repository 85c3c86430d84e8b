import { ref, shallowRef, watch, type Ref } from 'vue';
import type { LiveFacts, LiveFigures, PlaceAnswer } from '../../../shared/contract/live-view.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';

/** A photograph beside the weights of a step. */
export interface Looked {
  run: string;
  step: number;
  set: string;
  index: number;
}

/** Size and kind of the photograph, or why it cannot be shown. */
export function useFacts(looked: Ref<Looked | undefined>) {
  const facts = shallowRef<LiveFacts>();
  const failure = ref<string>();
  watch(looked, async (now, before) => {
    if (now && before && now.set === before.set && now.index === before.index && facts.value) return;
    [facts.value, failure.value] = [undefined, undefined];
    if (!now) return;
    try {
      const read = await door.request('lookAtPhotograph', { ...now });
      if (looked.value === now) facts.value = read;
    } catch (error) {
      if (looked.value === now) failure.value = messageOf(error);
    }
  }, { immediate: true });
  return { facts, failure };
}

/** Rest of the temperature after which figures are worked out: they take longer than a picture. */
const REST_MS = 350;

/** Names of hints that answers are asked with. */
interface AnsweredHints {
  /** Those of the photograph. */
  id: Ref<string | undefined>;
  /** The same without the one that stands at the chosen place: what the network says there by itself. */
  othersId: Ref<string | undefined>;
}

/** What the network says of the chosen place, and the figures of the photograph, at the temperature; the newest wish is the next. */
export function useAnswers(looked: Ref<Looked | undefined>, temperature: Ref<number>, place: Ref<{ x: number; y: number } | undefined>, { id, othersId }: AnsweredHints) {
  const answer = shallowRef<PlaceAnswer>();
  const figures = shallowRef<LiveFigures | null>();
  let busy = false;
  let again = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  watch([looked, place], () => (answer.value = undefined));
  watch(looked, () => (figures.value = undefined));
  watch([looked, temperature, place, othersId], () => void ask(), { immediate: true });
  watch([looked, temperature, id], () => {
    clearTimeout(rest);
    rest = setTimeout(() => void measure(), REST_MS);
  }, { immediate: true });

  async function ask(): Promise<void> {
    if (busy) return void (again = true);
    busy = true;
    do {
      again = false;
      const [at, where] = [looked.value, place.value];
      if (!at || !where) break;
      const told = await door.request('placeOfPhotograph', { ...at, ...where, hints: othersId.value, temperature: temperature.value }).catch(() => undefined);
      if (looked.value === at && place.value === where) answer.value = told;
    } while (again);
    busy = false;
  }

  async function measure(): Promise<void> {
    const [at, T, hints] = [looked.value, temperature.value, id.value];
    if (!at) return;
    const told = await door.request('figuresOfPhotograph', { ...at, hints, temperature: T }).catch(() => null);
    if (looked.value === at && temperature.value === T && id.value === hints) figures.value = told;
  }

  return { answer, figures };
}
