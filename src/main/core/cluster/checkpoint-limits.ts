/** What a checkpoint of a run can be: the variables of its network, and no more. */
import { CheckpointReader } from '../checkpoints/checkpoint-reader.js';
import { UserError } from '../errors.js';
import { networkGraph } from '../runs/network.js';
import { openRun } from '../runs/run.js';

export interface CheckpointLimits {
  /** Bytes of its index, and of its values. */
  most: { index: number; data: number };
  /** @throws UserError when the checkpoint under a prefix holds other variables than the network has. */
  demandFitting(prefix: string): Promise<void>;
}

/** Bytes that an entry of an index takes at most, beside its name. */
const ENTRY_BYTES = 256;
const SLACK = 2 ** 16;

/** @param path Of the run. */
export async function checkpointLimits(path: string): Promise<CheckpointLimits> {
  const run = await openRun(path);
  const { variables } = networkGraph(run.config, await run.prior(), run.file.network.patch).graph;
  const shapes = new Map(variables.all.map(({ name, shape }) => [name, shape.join(' x ')]));
  const values = variables.all.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  const names = variables.all.reduce((sum, { name }) => sum + name.length + ENTRY_BYTES, 0);
  return {
    most: { index: names + SLACK, data: 4 * values + SLACK },
    async demandFitting(prefix) {
      const { entries } = await CheckpointReader.open(prefix);
      const found = new Map(entries.map(({ name, shape }) => [name, shape.join(' x ')]));
      const wrong = [...shapes].find(([name, shape]) => found.get(name) !== shape)?.[0] ?? [...found.keys()].find((name) => !shapes.has(name));
      if (wrong !== undefined) throw new UserError(`A checkpoint from the cluster does not fit the network of ${path}: ${wrong} differs. It is not taken.`);
    },
  };
}
