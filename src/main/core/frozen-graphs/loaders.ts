/** Small programs that load a frozen graph, with its own names in them: one in Python, one in TypeScript. */
import { basename } from 'node:path';
import { dtypeOfNumber } from '../graph/dtype.js';
import type { GraphMessage } from '../graph/schema.js';
import type { Shape } from '../graph/index.js';
import { typeAttribute } from '../graph-files/attributes.js';
import { TYPE, typeName } from '../graph-files/data-types.js';
import { outputTypes } from '../graph-operations/argument-types.js';
import { functionsOf } from './functions.js';
import { knownShapes } from './shapes.js';
import { isInput } from './summary.js';

interface Port {
  name: string;
  type: number;
  shape: Shape | undefined;
}

export interface LoaderFacts {
  /** Name of the frozen file, which lies beside the loader. */
  file: string;
  inputs: Port[];
  outputs: Port[];
}

export function loaderFacts(graph: GraphMessage, outputs: readonly string[], path: string): LoaderFacts {
  const shapes = knownShapes(graph);
  const byName = new Map(graph.node.map((node) => [node.name, node]));
  const inputs = graph.node.filter((node) => isInput(node) && node.op !== 'PlaceholderWithDefault');
  return {
    file: basename(path),
    inputs: inputs.map((node) => ({ name: node.name, type: typeAttribute(node, 'dtype') ?? 0, shape: shapes.get(node.name) })),
    outputs: outputs.map((name) => ({ name, type: outputTypes(byName.get(name)!, functionsOf(graph))?.[0]?.type ?? 0, shape: shapes.get(name) })),
  };
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

const BEGINNINGS = [/^"""Loads .+ with TensorFlow 2 and runs it\.\n/, /^\/\*\*\n \* Loads .+ with @tensorflow\/tfjs-node and runs it\./];

/** Whether a program begins as those that are made here. */
export function isLoader(program: string): boolean {
  return BEGINNINGS.some((beginning) => beginning.test(program));
}

export function pythonLoader({ file, inputs, outputs }: LoaderFacts): string {
  const shape = (sizes: Shape | undefined) => (sizes === undefined ? 'None' : `[${sizes.map((size) => size ?? 'None').join(', ')}]`);
  return `"""Loads ${file} with TensorFlow 2 and runs it.

    python ${file.replace(/\.\w+$/, '')}.py ${inputs.map(({ name }) => `${name}=${name.split('/').at(-1)}.npy`).join(' ')}

saves each output as .npy in the current folder. Without arguments it feeds random numbers and prints the shapes.
"""

import pathlib
import sys

import numpy as np
import tensorflow as tf

GRAPH = pathlib.Path(__file__).with_name(${json(file)})
# name of the node: type and shape; None where any size goes
INPUTS = {
${inputs.map(({ name, type, shape: sizes }) => `    ${json(name)}: (${json(typeName(type))}, ${shape(sizes)}),`).join('\n')}
}
OUTPUTS = [${outputs.map(({ name }) => json(name)).join(', ')}]


def load():
    """A function that takes a tensor for each of INPUTS, in their order, and gives the list of OUTPUTS."""
    definition = tf.compat.v1.GraphDef()
    definition.ParseFromString(GRAPH.read_bytes())
    wrapped = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(definition, name=""), [])
    return wrapped.prune([f"{name}:0" for name in INPUTS], [f"{name}:0" for name in OUTPUTS])


def example(type_, shape):
    sizes = [size or (1 if axis == 0 else 32) for axis, size in enumerate(shape or [])]
    return np.random.default_rng(1).random(sizes).astype(type_)


if __name__ == "__main__":
    given = dict(word.split("=", 1) for word in sys.argv[1:])
    values = [np.load(given[name]) if name in given else example(*described) for name, described in INPUTS.items()]
    feeds = [tf.constant(value, dtype=described[0]) for value, described in zip(values, INPUTS.values())]
    for name, result in zip(OUTPUTS, load()(*feeds)):
        print(name, result.dtype.name, list(result.shape))
        if given:
            np.save(name.replace("/", "_") + ".npy", result.numpy())
`;
}

/** Types that TensorFlow.js can feed and fetch. */
const IN_JAVASCRIPT = new Set<number>([TYPE.float32, TYPE.int32, TYPE.bool]);

/** undefined where TensorFlow.js has no name for one of the types. */
export function typescriptLoader({ file, inputs, outputs }: LoaderFacts): string | undefined {
  if ([...inputs, ...outputs].some(({ type }) => !IN_JAVASCRIPT.has(type))) return undefined;
  const port = ({ name, type, shape }: Port) => `  { name: ${json(name)}, dtype: '${dtypeOfNumber(type)}', type: ${type}, shape: ${json(shape ?? null)} },`;
  return `/**
 * Loads ${file} with @tensorflow/tfjs-node and runs it. TensorFlow.js opens SavedModels only: the graph is wrapped as one.
 *
 *     const graph = await load();
 *     const [${outputs.map(({ name }) => (name.split('/').at(-1) as string).replace(/\W/g, '_')).join(', ')}] = graph.run([${inputs.map(({ name }) => (name.split('/').at(-1) as string).replace(/\W/g, '_')).join(', ')}]);
 *
 * Started as a program it feeds random numbers and prints the shapes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tfjs from '@tensorflow/tfjs-node';

const tf = ((tfjs as { default?: typeof tfjs }).default ?? tfjs);
const GRAPH = fileURLToPath(new URL(${json(`./${file}`)}, import.meta.url));

interface Port {
  /** Of the node. */
  name: string;
  dtype: 'float32' | 'int32' | 'bool';
  /** TensorFlow's number of that type. */
  type: number;
  /** null where any size goes. */
  shape: (number | null)[] | null;
}

export const INPUTS: Port[] = [
${inputs.map(port).join('\n')}
];
export const OUTPUTS: Port[] = [
${outputs.map(port).join('\n')}
];

/** The graph, ready to run: a tensor for each of INPUTS, in their order, gives one for each of OUTPUTS. */
export async function load(): Promise<{ run(inputs: tfjs.Tensor[]): tfjs.Tensor[]; dispose(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'frozen-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel(readFileSync(GRAPH)));
    const model = await tf.node.loadSavedModel(folder);
    return {
      run(inputs) {
        const named = Object.fromEntries(INPUTS.map(({ name }, i) => [name, inputs[i]]));
        const results = model.predict(named) as tfjs.NamedTensorMap;
        return OUTPUTS.map(({ name }) => results[name]);
      },
      dispose: () => model.dispose(),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/* A SavedModel around the graph, in the wire format of protocol buffers. */

function savedModel(graph: Buffer): Buffer {
  const signature = Buffer.concat([...INPUTS.map((port) => message(1, entry(port))), ...OUTPUTS.map((port) => message(2, entry(port))), text(3, 'tensorflow/serving/predict')]);
  const signatures = Buffer.concat([text(1, 'serving_default'), message(2, signature)]);
  const meta = Buffer.concat([message(1, text(4, 'serve')), message(2, graph), message(5, signatures)]);
  return Buffer.concat([number(1, 1), message(2, meta)]);
}

function entry({ name, type, shape }: Port): Buffer {
  const sizes = shape === null ? number(3, 1) : Buffer.concat(shape.map((size) => message(2, number(1, size ?? -1))));
  return Buffer.concat([text(1, name), message(2, Buffer.concat([text(1, \`\${name}:0\`), number(2, type), message(3, sizes)]))]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(BigInt(field * 8)), varint(BigInt(value))]);
}

function message(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(BigInt(field * 8 + 2)), varint(BigInt(content.length)), content]);
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const graph = await load();
  const sizes = (shape: Port['shape']) => (shape ?? []).map((size, axis) => size ?? (axis === 0 ? 1 : 32));
  const results = graph.run(INPUTS.map(({ shape, dtype }) => tf.cast(tf.randomUniform(sizes(shape)), dtype)));
  OUTPUTS.forEach(({ name, dtype }, i) => console.log(name, dtype, JSON.stringify(results[i].shape)));
}
`;
}
