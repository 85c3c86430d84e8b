/** The proof of a frozen layers model: TensorFlow.js runs the layers, TensorFlow the graph, both on the same random inputs in a process of their own. */
import type { Frozen } from '../frozen-graphs/freeze.js';
import { isInput } from '../frozen-graphs/summary.js';
import type { Fetched } from '../graph/native-session.js';
import { Comparison, type Verification } from '../graph-running/comparison.js';
import { IsolatedGraph, refuseForbidden } from '../graph-running/isolated-graph.js';
import { KeptAnswers } from '../graph-running/kept-answers.js';
import { makeRunnable } from '../graph-running/runnable.js';
import { triedFeeds, type VerifyOptions } from '../graph-running/verify.js';
import type { JobContext } from '../job.js';
import type { LayersFile } from './model-json.js';

/** TensorFlow.js computes each layer with other kernels. */
const OTHER_KERNELS = 10;

/** @throws UserError where they differ by more than rounding, or a limit is met. */
export async function verifyLayers({ path, inputs }: LayersFile, { graph, outputs }: Frozen, options: VerifyOptions, { signal }: JobContext): Promise<Verification> {
  refuseForbidden(graph, options.allow);
  const names = inputs ?? graph.node.filter(isInput).map(({ name }) => name);
  const runnable = makeRunnable(graph, names, outputs);
  const tries = triedFeeds(graph, runnable.feeds, options);
  const comparison = new Comparison(runnable.fetches, 'the layers', OTHER_KERNELS);
  const kept = await KeptAnswers.open();
  const isolated = IsolatedGraph.open(options.limits, signal);
  try {
    for (const feeds of tries) await kept.add(arrays(await isolated.runLayers(path, await feeds())));
    await isolated.load(runnable.graph, { mapped: true });
    for (const [place, feeds] of tries.entries()) {
      const { results } = await isolated.run(await feeds(), runnable.fetches.map(({ tensor }) => tensor));
      comparison.add(await kept.at(place), arrays(results));
    }
    return comparison.verification();
  } finally {
    await isolated.close();
    await kept.remove();
  }
}

function arrays(results: readonly Fetched[]) {
  return results.map(({ shape, data }) => ({ shape, values: data as Float32Array }));
}
