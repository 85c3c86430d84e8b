import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { JobEvents } from '../../shared/contract/kinds.js';
import { door } from '../api/door.js';

type StandingOf<K extends 'sweep' | 'outliers'> = JobEvents<K>['standing'];

/**
 * Where the trainings of a sweep or a comparison stand, as its job tells it.
 * @param kind Of the job. @param job Its id; undefined for none.
 */
export function useLabStanding<K extends 'sweep' | 'outliers'>(kind: K, job: MaybeRefOrGetter<string | undefined>) {
  const standing = shallowRef<StandingOf<K>>();
  watch(() => toValue(job), () => (standing.value = undefined));
  onScopeDispose(door.subscribe((event) => {
    if (event.type !== 'event' || event.name !== 'standing' || event.id !== toValue(job)) return;
    if (event.id.startsWith(`${kind}-`)) standing.value = event.data as StandingOf<K>;
  }));
  return standing;
}
