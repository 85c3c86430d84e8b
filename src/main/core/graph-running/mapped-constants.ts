/**
 * Large constants as files that TensorFlow maps into memory. A constant within a graph is copied each time the graph changes hands inside
 * TensorFlow (read, imported, optimized, put into a tensor): 200 MB become more than a gigabyte.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tensorAttribute } from '../graph-files/attributes.js';
import { constantBytes } from '../graph-files/constant.js';
import type { GraphMessage, NodeMessage } from '../graph/schema.js';

/** Smaller ones stay: many operations want their sizes and axes as constants. */
const LARGE = 64 * 1024;

/** @param folder Stays for as long as the graph runs. @returns The same graph, its large constants read from that folder. Those in functions stay. */
export async function withMappedConstants(graph: GraphMessage, folder: string): Promise<GraphMessage> {
  const node: NodeMessage[] = [];
  for (const each of graph.node) node.push(await mapped(each, join(folder, `constant-${node.length}`)));
  return { ...graph, node };
}

async function mapped(node: NodeMessage, path: string): Promise<NodeMessage> {
  const tensor = node.op === 'Const' ? tensorAttribute(node, 'value') : undefined;
  const content = tensor?.tensorContent;
  if (tensor === undefined || !content || content.length < LARGE || content.length !== constantBytes(tensor)) return node;
  await writeFile(path, content);
  const attr = { dtype: { type: tensor.dtype }, shape: { shape: tensor.tensorShape ?? { dim: [] } }, memory_region_name: { s: Buffer.from(path) } };
  return { ...node, op: 'ImmutableConst', attr };
}
