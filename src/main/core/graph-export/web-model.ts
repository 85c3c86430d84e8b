/**
 * A frozen graph as TensorFlow.js loads it: model.json with the structure, and the constants' values in files of bytes beside it
 * (github.com/tensorflow/tfjs, tfjs-core/src/io/types.ts and tfjs-converter/src/data/compiled_api.ts).
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import protoJson from 'protobufjs/ext/protojson.js';
import { UserError } from '../errors.js';
import { attributesOf, tensorAttribute } from '../graph-files/attributes.js';
import { constantNumbers, constantShape } from '../graph-files/constant.js';
import { TYPE, typeName } from '../graph-files/data-types.js';
import { knownShapes } from '../frozen-graphs/shapes.js';
import { isInput } from '../frozen-graphs/summary.js';
import { messageType, type GraphMessage, type NodeMessage, type TensorMessage } from '../graph/schema.js';

/** Bytes of a file of values; browsers keep files up to this size. */
const SHARD = 4 * 2 ** 20;

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
}

/** Writes into an existing folder. @param outputs Names of the output nodes. @returns Names of the files. */
export async function writeWebModel(folder: string, graph: GraphMessage, outputs: readonly string[]): Promise<string[]> {
  const constants = graph.node.filter(({ op }) => op === 'Const').map((node) => ({ node, tensor: tensorAttribute(node, 'value') as TensorMessage }));
  const values = Buffer.concat(constants.map(({ node, tensor }) => bytesOf(node, tensor)));
  const count = Math.max(1, Math.ceil(values.length / SHARD));
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  for (const [i, path] of paths.entries()) await writeFile(join(folder, path), values.subarray(i * SHARD, (i + 1) * SHARD));
  const weights: WeightEntry[] = constants.map(({ node, tensor }) => ({ name: node.name, shape: constantShape(tensor), dtype: typeName(tensor.dtype) }));
  const topology = protoJson.toJson(messageType('GraphDef'), { ...graph, node: graph.node.map(withoutValue) }) as object;
  const model = {
    format: 'graph-model', generatedBy: 'TensorFlow', convertedBy: 'Chromabench',
    signature: signatureOf(graph, outputs), modelTopology: topology, weightsManifest: [{ paths, weights }],
  };
  await writeFile(join(folder, 'model.json'), JSON.stringify(model));
  return ['model.json', ...paths];
}

function bytesOf({ name }: NodeMessage, tensor: TensorMessage): Buffer {
  if (tensor.dtype !== TYPE.float32 && tensor.dtype !== TYPE.int32) throw new UserError(`${name} is a constant of type ${typeName(tensor.dtype)}, for which TensorFlow.js has no name.`);
  const { buffer, byteOffset, byteLength } = constantNumbers(tensor);
  return Buffer.from(buffer, byteOffset, byteLength);
}

function withoutValue(node: NodeMessage): NodeMessage {
  if (node.op !== 'Const') return node;
  const { dtype, tensorShape } = tensorAttribute(node, 'value') as TensorMessage;
  return { ...node, attr: { ...attributesOf(node), value: { tensor: { dtype, tensorShape } } } };
}

function signatureOf(graph: GraphMessage, outputs: readonly string[]): object {
  const shapes = knownShapes(graph);
  const info = (name: string) => ({
    name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: { dim: (shapes.get(name) ?? [null, null, null, null]).map((size) => ({ size: String(size ?? -1) })) },
  });
  const inputs = graph.node.filter(isInput).filter(({ op }) => op !== 'PlaceholderWithDefault').map(({ name }) => name);
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, info(name)]));
  return { inputs: named(inputs), outputs: named(outputs) };
}
