/** A run's network as a SavedModel: structure, variables, nodes that restore them, and a signature for serving. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isVariable, variableFacts } from '../frozen-graphs/variable-nodes.js';
import { TYPE } from '../graph-files/data-types.js';
import { encodeMessage } from '../graph-files/message-file.js';
import { knownShapes } from '../frozen-graphs/shapes.js';
import { SERVE } from '../graph/saved-model.js';
import { messageType, type GraphMessage, type NodeMessage, type SignatureMessage, type TensorInfoMessage } from '../graph/schema.js';
import { shapeMessage } from '../graph/graph-def.js';
import { writeCheckpoint } from './checkpoint.js';
import type { ExportedNetwork } from './exported-network.js';

/** Writes into an existing folder. */
export async function writeRunAsSavedModel(folder: string, { structure, prefix, answer }: ExportedNetwork): Promise<void> {
  const variables = structure.node.filter(isVariable);
  const { nodes, saverDef } = savingNodes(variables);
  const graphDef: GraphMessage = { ...structure, node: [...structure.node, ...nodes] };
  await mkdir(join(folder, 'variables'));
  await writeCheckpoint(prefix, join(folder, 'variables', 'variables'), variables);
  const meta = { metaInfoDef: { tags: [SERVE] }, graphDef, saverDef, signatureDef: signatures(structure, answer) };
  await writeFile(join(folder, 'saved_model.pb'), encodeMessage(messageType('SavedModel'), { savedModelSchemaVersion: 1, metaGraphs: [meta] }));
}

/** With the usual temperature and with one that is handed in; with colour hints too, where the network takes some. */
function signatures(graph: GraphMessage, answer: string): Record<string, SignatureMessage> {
  const shapes = knownShapes(graph);
  const info = (name: string): TensorInfoMessage => {
    const shape = shapes.get(name);
    return { name: `${name}:0`, dtype: TYPE.float32, tensorShape: shape ? shapeMessage(shape) : { unknownRank: true } };
  };
  const signature = (inputs: string[]): SignatureMessage => ({
    inputs: Object.fromEntries(inputs.map((name) => [name, info(name)])), outputs: { [answer]: info(answer) }, methodName: 'tensorflow/serving/predict',
  });
  const there = (...names: string[]) => names.filter((name) => graph.node.some((node) => node.name === name));
  const [temperature, hints] = [there('temperature'), there('hints')];
  return {
    serving_default: signature(['lightness']),
    ...(temperature.length > 0 && { with_temperature: signature(['lightness', ...temperature]) }),
    ...(hints.length > 0 && { with_hints: signature(['lightness', ...hints, ...temperature]) }),
  };
}

/** Nodes by which loaders of SavedModels find and set the variables (tensorflow/core/protobuf/saver.proto). */
function savingNodes(variables: readonly NodeMessage[]): { nodes: NodeMessage[]; saverDef: object } {
  const types = variables.map((node) => variableFacts(node).type);
  const names = variables.map((node) => variableFacts(node).sharedName);
  const texts = (name: string, values: readonly string[], shape: number[]): NodeMessage => ({
    name, op: 'Const', input: [], attr: { dtype: { type: TYPE.string }, value: { tensor: { dtype: TYPE.string, tensorShape: shapeMessage(shape), stringVal: values.map((value) => Buffer.from(value)) } } },
  });
  const count = [variables.length];
  const nodes: NodeMessage[] = [
    texts('save/Const', ['model'], []),
    texts('save/names', names, count),
    texts('save/parts', names.map(() => ''), count),
    ...variables.map((node, i): NodeMessage => ({ name: `save/read_${i}`, op: 'ReadVariableOp', input: [node.name], attr: { dtype: { type: types[i] } } })),
    { name: 'save/SaveV2', op: 'SaveV2', input: ['save/Const', 'save/names', 'save/parts', ...variables.map((_, i) => `save/read_${i}`)], attr: { dtypes: { list: { type: types } } } },
    { name: 'save/saved', op: 'Identity', input: ['save/Const', '^save/SaveV2'], attr: { T: { type: TYPE.string } } },
    { name: 'save/RestoreV2', op: 'RestoreV2', input: ['save/Const', 'save/names', 'save/parts'], attr: { dtypes: { list: { type: types } } } },
    ...variables.map((node, i): NodeMessage => ({
      name: `save/assign_${i}`, op: 'AssignVariableOp', input: [node.name, i === 0 ? 'save/RestoreV2' : `save/RestoreV2:${i}`], attr: { dtype: { type: types[i] } },
    })),
    { name: 'save/restore_all', op: 'NoOp', input: variables.map((_, i) => `^save/assign_${i}`) },
  ];
  return { nodes, saverDef: { filenameTensorName: 'save/Const:0', saveTensorName: 'save/saved:0', restoreOpName: 'save/restore_all', maxToKeep: 5, keepCheckpointEveryNHours: 10_000, version: 2 } };
}
