/** Copying chosen tensors from one TensorFlow checkpoint into a new one, by TensorFlow itself. */
import { NativeSession } from '../graph/native-session.js';
import { Graph, identity, placeholder, restoreTensors, saveTensors, type DType } from '../graph/index.js';
import { toGraphDef } from '../graph/graph-def.js';
import { writeGraphAsSavedModel } from '../graph/saved-model.js';
import { dtypeOfNumber } from '../graph/dtype.js';
import type { NodeMessage } from '../graph/schema.js';
import { variableFacts } from '../frozen-graphs/variable-nodes.js';

/** @param from Prefix of the checkpoint that is there. @param to Prefix of the new one, whose folder exists. */
export async function writeCheckpoint(from: string, to: string, variables: readonly NodeMessage[]): Promise<void> {
  const graph = new Graph();
  const [source, target] = ['from', 'to'].map((name) => placeholder(graph, name, 'string', []));
  const entries = variables.map(entryOf);
  const values = restoreTensors(source, entries);
  const saved = saveTensors(target, new Map(entries.map(({ name }, i) => [name, values[i]])));
  const done = identity(target, 'done', [saved]);
  const session = await NativeSession.open((folder) => writeGraphAsSavedModel(folder, toGraphDef(graph)));
  try {
    const feed = (tensor: string, text: string) => ({ tensor, dtype: 'string' as const, shape: [], data: [text] });
    session.run([feed(source.name, from), feed(target.name, to)], [done.name]);
  } finally {
    session.close();
  }
}

function entryOf(node: NodeMessage): { name: string; dtype: DType; shape: readonly number[] } {
  const { type, shape, sharedName } = variableFacts(node);
  return { name: sharedName, dtype: dtypeOfNumber(type), shape: (shape ?? []) as number[] };
}
