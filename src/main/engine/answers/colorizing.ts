import { openRun } from '../../core/runs/run.js';
import { type Gatherings, heldOutPaths } from '../gatherings.js';
import type { HintNames } from '../hint-names.js';
import type { RunShelf } from '../run-shelf.js';
import type { ServiceProcess } from '../services/service-process.js';
import type { Answers } from './answers.js';

type Names =
  | 'gatherPhotographs' | 'gatherHeldOut' | 'listGathered' | 'openWeights' | 'lookAtPhotograph' | 'placeOfPhotograph' | 'figuresOfPhotograph';

/** Held-out photographs that are offered to be looked at. */
const MOST_HELD_OUT = 500;

/** @param permits Whether a folder may be reached: a run that lies elsewhere may come from a stranger, who wrote the folder into it. */
export function colorizingAnswers(
  gatherings: Gatherings, hints: HintNames, runs: RunShelf, colorizer: ServiceProcess<'colorizer'>, permits: (folder: string) => boolean | Promise<boolean>,
): Answers<Names> {
  const placed = async <B extends { run: string; step: number; set: string; index: number }>({ run, set, index, ...rest }: B) =>
    ({ ...rest, run: await runs.find(run), path: gatherings.demandPath(set, index) });
  const coloured = async <B extends { run: string; step: number; set: string; index: number; hints?: string }>(body: B) =>
    ({ ...(await placed(body)), hints: hints.demand(body.hints) });
  return {
    gatherPhotographs: ({ paths }) => gatherings.gather(paths),
    gatherHeldOut: async ({ run }) => {
      const opened = await openRun(await runs.find(run));
      const { folder } = opened.file.data;
      const paths = (await permits(folder)) ? heldOutPaths(folder, await opened.split()) : [];
      const gathered = paths.length ? await gatherings.gather(paths.slice(0, MOST_HELD_OUT)) : null;
      return gathered?.total ? { ...gathered, failed: [] } : null;
    },
    listGathered: ({ set, from, count }) => gatherings.list(set, from, count),
    openWeights: async ({ run, checkpoint }) => colorizer.call('open', { run: await runs.find(run), checkpoint }),
    lookAtPhotograph: async (body) => colorizer.call('look', await placed(body)),
    placeOfPhotograph: async (body) => colorizer.call('place', await coloured(body)),
    figuresOfPhotograph: async (body) => colorizer.call('figures', await coloured(body)),
  };
}
