import { door } from '../api/door.js';

const AGAIN_MS = 1_000;
/** Longer than a training whose engine died takes to put its work away. */
const TIMES = 40;

/**
 * A training outlives its engine by the moment that it needs to put its work away, and is followed by nobody: asks again until it rests.
 * @param isTraining Whether, as far as was told, something is being trained that no job here stands for.
 * @returns A function that ends it.
 */
export function watchLostTraining(load: () => Promise<unknown>, isTraining: () => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function look(left: number): Promise<void> {
    await load();
    if (left > 0 && isTraining()) timer = setTimeout(() => void look(left - 1), AGAIN_MS);
  }
  const leave = door.watchEngine(({ state }) => {
    clearTimeout(timer);
    if (state === 'running') void look(TIMES);
  });
  return () => {
    leave();
    clearTimeout(timer);
  };
}
