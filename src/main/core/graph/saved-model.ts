import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dtypeNumber } from './dtype.js';
import type { Graph, Tensor } from './graph.js';
import { shapeMessage, toGraphDef } from './graph-def.js';
import { savedModelCodec, type GraphMessage, type SignatureMessage, type TensorInfoMessage } from './schema.js';
import type { Signature } from './signature.js';

/** Tag of the meta graph that TensorFlow loads for running. */
export const SERVE = 'serve';
const FILE_NAME = 'saved_model.pb';

/** Writes a graph message as a SavedModel into an existing folder. */
export async function writeGraphAsSavedModel(folder: string, graphDef: GraphMessage, signatureDef: Record<string, SignatureMessage> = {}): Promise<void> {
  await writeFile(join(folder, FILE_NAME), encode(graphDef, signatureDef));
}

/** Writes a graph with its signatures as a SavedModel (without variable values) into an existing folder. */
export async function writeSavedModel(folder: string, graph: Graph, signatures: Readonly<Record<string, Signature>>): Promise<void> {
  await writeFile(join(folder, FILE_NAME), savedModelBytes(graph, signatures));
}

/** A graph with its signatures as the one file of a SavedModel without variable values. */
export function savedModelBytes(graph: Graph, signatures: Readonly<Record<string, Signature>>): Uint8Array {
  const signatureDef = Object.fromEntries(
    Object.entries(signatures).map(([name, { inputs, outputs }]) => [
      name,
      { inputs: tensorInfos(inputs), outputs: tensorInfos(outputs), methodName: 'tensorflow/serving/predict' },
    ]),
  );
  return encode(toGraphDef(graph), signatureDef);
}

function encode(graphDef: GraphMessage, signatureDef: Record<string, SignatureMessage>): Uint8Array {
  return savedModelCodec.encode({ savedModelSchemaVersion: 1, metaGraphs: [{ metaInfoDef: { tags: [SERVE] }, graphDef, signatureDef }] });
}

function tensorInfos(tensors: Readonly<Record<string, Tensor>>): Record<string, TensorInfoMessage> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      { name: tensor.name, dtype: dtypeNumber(tensor.dtype), tensorShape: shapeMessage(tensor.shape) },
    ]),
  );
}
