/** Outputs by the names that a SavedModel's signature gives them. */
import { UserError } from '../errors.js';
import type { GraphFile } from '../graph-files/graph-file.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';
import { formatReference, parseReference } from './reference.js';

/**
 * Names of the graph's nodes stay as they are; names of a signature's outputs become nodes of these names.
 * @param outputs What a person asks for; all outputs of the signature for serving where empty.
 */
export function signatureOutputs({ graph, meta, path }: Pick<GraphFile, 'graph' | 'meta' | 'path'>, outputs: readonly string[]): { graph: GraphMessage; outputs: string[] } {
  const signatures = meta?.signatureDef ?? {};
  const signature = signatures['serving_default'] ?? Object.values(signatures).find(({ outputs: given }) => Object.keys(given ?? {}).length > 0);
  const named = signature?.outputs ?? {};
  const wanted = outputs.length ? outputs : Object.keys(named);
  if (meta && wanted.length === 0 && Object.keys(signatures).length > 0) throw new UserError(`${path} has no signature with outputs: name the output nodes.`, { option: '--outputs NAME' });
  const there = new Set(graph.node.map(({ name }) => name));
  const added: NodeMessage[] = [];
  const names = wanted.map((name) => {
    const info = there.has(parseReference(name).node) ? undefined : named[name];
    if (info === undefined || parseReference(info.name).node === name) return name;
    added.push({ name, op: 'Identity', input: [formatReference(parseReference(info.name))], attr: { T: { type: info.dtype } } });
    return name;
  });
  return { graph: added.length ? { ...graph, node: [...graph.node, ...added] } : graph, outputs: names };
}
