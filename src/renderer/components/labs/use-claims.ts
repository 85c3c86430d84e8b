import { storeToRefs } from 'pinia';
import { computed, onMounted, ref, shallowRef, watch } from 'vue';
import type { DetailsOf, LabSummary } from '../../../shared/contract/lab-view.js';
import type { Claim } from '../../../shared/labs/guide.js';
import { door } from '../../api/door.js';
import { messageOf } from '../../api/request-error.js';
import { useLabs } from '../../stores/labs.js';

type Told = DetailsOf<'regularization'> | DetailsOf<'activations'>;
type ResultOf<D extends Told> = NonNullable<D['result']>;

/** Runs that are looked into for an answer, newest first. */
const MOST_READ = 12;
const FEWEST_POINTS = 10;

/** A claim with what came out here. */
export interface AnsweredClaim<P> {
  claim: string;
  preset: P;
  answer?: { sentence: string; summary: LabSummary; about: string };
}

/**
 * The claims of a guided page, each answered from the newest run that can.
 * @typeParam D Such a run as it is read. @typeParam P Names of the presets.
 * @param isAbout Whether a run tried what a claim's preset tries. @param aboutOf The run in a few words.
 */
export function useClaims<D extends Told, P>(
  kind: D['kind'], guide: readonly Claim<ResultOf<D>, P>[],
  { isAbout, aboutOf }: { isAbout(details: D, preset: P): boolean; aboutOf(details: D): string },
) {
  const labs = useLabs();
  const { all } = storeToRefs(labs);
  const read = shallowRef<D[]>([]);
  const failure = ref<string>();
  let turns = 0;
  const finished = computed(() => all.value?.filter((lab) => lab.kind === kind && lab.state === 'finished' && !lab.shrunk).slice(0, MOST_READ) ?? []);

  function answerOf({ preset, outcome }: Claim<ResultOf<D>, P>, runs: readonly D[]): AnsweredClaim<P>['answer'] {
    for (const details of runs) {
      const sentence = details.result && isAbout(details, preset) ? outcome(details.result as ResultOf<D>) : undefined;
      if (sentence !== undefined) return { sentence, summary: details.summary, about: aboutOf(details) };
    }
    return undefined;
  }

  /** Only as many runs as it takes to answer every claim. */
  async function look(): Promise<void> {
    const turn = (turns += 1);
    const found: D[] = [];
    try {
      for (const { id } of finished.value) {
        if (guide.every((claim) => answerOf(claim, found) !== undefined)) break;
        const details = await door.request('readLab', { lab: id, points: FEWEST_POINTS });
        if (details.kind === kind) found.push(details as D);
      }
      if (turn === turns) [read.value, failure.value] = [found, undefined];
    } catch (error) {
      if (turn === turns) failure.value = messageOf(error);
    }
  }
  watch(() => finished.value.map(({ id, changedAt }) => `${id} ${changedAt}`).join(), () => void look(), { immediate: true });
  onMounted(() => void labs.refresh());

  const claims = computed<AnsweredClaim<P>[]>(() => guide.map((claim) => ({ claim: claim.claim, preset: claim.preset, answer: answerOf(claim, read.value) })));
  return { claims, failure };
}
