import { watch } from 'vue';
import { door } from '../api/door.js';

const AGAIN_MS = 1_000;
/** Longer than a training whose engine died takes to put its work away. */
const TIMES = 40;

/**
 * A training outlives its engine by the moment that it needs to put its work away, and is followed by nobody: asks again until it rests.
 * @param isLost Whether, as far as was told, something is being trained that no job here stands for; reactive.
 * @returns A function that ends it.
 */
export function watchLostTraining(load: () => Promise<unknown>, isLost: () => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function lookLater(left: number): void {
    clearTimeout(timer);
    if (left > 0) timer = setTimeout(() => void look(left), AGAIN_MS);
  }

  async function look(left: number): Promise<void> {
    // What cannot be read now may be read next time; whoever reads tells why it could not.
    await load().catch(() => undefined);
    if (isLost()) lookLater(left - 1);
  }

  const leave = [
    door.watchEngine(({ state }) => {
      clearTimeout(timer);
      if (state === 'running') void look(TIMES);
    }),
    // It may come to light later: where a screen is opened for the first time, or another program began it.
    watch(isLost, (lost) => (lost ? lookLater(TIMES) : clearTimeout(timer)), { immediate: true }),
  ];
  return () => {
    leave.forEach((end) => end());
    clearTimeout(timer);
  };
}
