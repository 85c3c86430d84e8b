/** The proof of a frozen layers model: TensorFlow.js runs the layers, TensorFlow the graph, both on the same random inputs in a process of their own. */
import type { Frozen } from '../frozen-graphs/freeze.js';
import { isInput } from '../frozen-graphs/summary.js';
import type { Fetched, NativeFeed } from '../graph/native-session.js';
import { IsolatedGraph, refuseForbidden } from '../graph-running/isolated-graph.js';
import { makeRunnable } from '../graph-running/runnable.js';
import { compared, triedFeeds, type Verification, type VerifyOptions } from '../graph-running/verify.js';
import type { JobContext } from '../job.js';
import type { LayersFile } from './model-json.js';

/** TensorFlow.js computes each layer with other kernels. */
const OTHER_KERNELS = 10;

/** @throws UserError where they differ by more than rounding, or a limit is met. */
export async function verifyLayers({ path, inputs }: LayersFile, { graph, outputs }: Frozen, options: VerifyOptions, { signal }: JobContext): Promise<Verification> {
  refuseForbidden(graph, options.allow);
  const names = inputs ?? graph.node.filter(isInput).map(({ name }) => name);
  const runnable = makeRunnable(graph, names, outputs);
  const tries = await triedFeeds(graph, runnable.feeds, options);
  const isolated = IsolatedGraph.open(options.limits, signal);
  try {
    const expected = await each(tries, (feeds) => isolated.runLayers(path, feeds));
    await isolated.load(runnable.graph, { mapped: true });
    const found = await each(tries, async (feeds) => (await isolated.run(feeds, runnable.fetches.map(({ tensor }) => tensor))).results);
    return compared(runnable.fetches, arrays(expected), arrays(found), 'the layers', OTHER_KERNELS);
  } finally {
    await isolated.close();
  }
}

async function each(tries: readonly NativeFeed[][], answer: (feeds: NativeFeed[]) => Promise<Fetched[]>): Promise<Fetched[][]> {
  const answers: Fetched[][] = [];
  for (const feeds of tries) answers.push(await answer(feeds));
  return answers;
}

function arrays(answers: readonly Fetched[][]) {
  return answers.map((results) => results.map(({ shape, data }) => ({ shape, values: data as Float32Array })));
}
