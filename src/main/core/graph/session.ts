import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DType } from './dtype.js';
import type { Graph, Tensor } from './graph.js';
import { nativeEngine, tfjsType, type FeedValues, type NativeEngine, type NativeTensor } from './native.js';
import { SERVE, writeSavedModel } from './saved-model.js';
import { compatible, formatShape } from './shape.js';
import type { Signature } from './signature.js';

/**
 * A value to feed: a number or string for scalars, a plain array for vectors, or values with their shape.
 * Typed arrays are handed to TensorFlow without a copy: do not change one afterwards.
 */
export type Feed = number | string | boolean | readonly number[] | { data: FeedValues; shape: readonly number[] };

/** A value that a run gave: row-major data of its own, which the caller may keep. */
export interface Fetched {
  shape: readonly number[];
  data: Float32Array | Int32Array | Uint8Array | string[];
}

/**
 * A graph ready to run natively, with the state of its variables. Signatures share the variables.
 * Runs are synchronous and block the process, as every native step does.
 */
export class Session<Names extends string = string> {
  private closed = false;

  private constructor(
    private readonly engine: NativeEngine,
    private readonly id: number,
    private readonly graph: Graph,
    private readonly signatures: Readonly<Record<Names, Signature>>,
  ) {}

  /**
   * Hands a graph to TensorFlow. Variables have no values until a signature has set them.
   * @throws UserError where the engine is missing. @throws Error with TensorFlow's message where it refuses the graph.
   */
  static async open<Names extends string>(graph: Graph, signatures: Readonly<Record<Names, Signature>>): Promise<Session<Names>> {
    const engine = nativeEngine();
    const folder = await mkdtemp(join(tmpdir(), 'chromabench-graph-'));
    try {
      await writeSavedModel(folder, graph, signatures);
      return new Session(engine, engine.backend.loadSavedModelMetaGraph(folder, SERVE), graph, signatures);
    } finally {
      // The session holds the graph in memory; nothing is read from the folder again.
      await rm(folder, { recursive: true, force: true });
    }
  }

  /**
   * Runs a signature once.
   * @param only Outputs wanted; all of them where absent.
   * @throws RangeError where a feed is missing, unknown or of another shape. @throws Error with TensorFlow's message where the run fails.
   */
  run(signature: Names, feeds: Readonly<Record<string, Feed>> = {}, only?: readonly string[]): Record<string, Fetched> {
    const { inputs, outputs } = this.signatures[signature];
    const wanted = only ?? Object.keys(outputs);
    refuseUnknown(signature, feeds, inputs);
    const fed = Object.entries(inputs).map(([name, tensor]) => ({ tensor, value: feedOf(signature, name, tensor, feeds[name]) }));
    const fetched = this.execute(fed, wanted.map((name) => outputs[name]));
    return Object.fromEntries(wanted.map((name, i) => [name, fetched[i]]));
  }

  /**
   * Current values of variables, by name.
   * @param names Names of variables, or a test for them; all where absent.
   */
  readVariables(names: readonly string[] | ((name: string) => boolean) = () => true): Map<string, Fetched> {
    const { variables } = this.graph;
    const chosen = typeof names === 'function' ? variables.all.filter(({ name }) => names(name)) : names.map((name) => variables.named(name));
    const values = chosen.length === 0 ? [] : this.execute([], chosen.map(({ value }) => value));
    return new Map(chosen.map(({ name }, i) => [name, values[i]]));
  }

  /** Frees the session and its variables. A closed session cannot run. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.engine.backend.deleteSavedModel(this.id);
  }

  /** Feeds, runs and reads; no tensor outlives the call. */
  private execute(fed: readonly { tensor: Tensor; value: Value }[], fetches: readonly Tensor[]): Fetched[] {
    if (this.closed) throw new Error('this session is closed');
    const { tfjs, backend } = this.engine;
    const held: NativeTensor[] = [];
    try {
      const infos = fed.map(({ tensor }) => ({ name: tensor.name }));
      for (const { tensor, value } of fed) held.push(tfjs.tensor(value.data, value.shape, tfjsType(tensor.dtype)));
      const results = backend.runSavedModel(this.id, [...held], infos, fetches.map((tensor) => tensor.name));
      held.push(...results);
      return results.map((result) => ({ shape: result.shape, data: result.dataSync() }));
    } finally {
      held.forEach((tensor) => tensor.dispose());
    }
  }
}

interface Value {
  data: FeedValues;
  shape: readonly number[];
}

function refuseUnknown(signature: string, feeds: Readonly<Record<string, Feed>>, inputs: Readonly<Record<string, Tensor>>): void {
  const unknown = Object.keys(feeds).find((name) => !(name in inputs));
  if (unknown !== undefined) throw new RangeError(`${signature} takes no ${unknown}; it takes ${Object.keys(inputs).join(', ') || 'nothing'}`);
}

function feedOf(signature: string, name: string, tensor: Tensor, feed: Feed | undefined): Value {
  if (feed === undefined) throw new RangeError(`${signature} needs ${name}, ${tensor.dtype} ${formatShape(tensor.shape)}`);
  const value = valueOf(feed, tensor.dtype);
  const count = value.shape.reduce((product, size) => product * size, 1);
  if (!compatible(tensor.shape, value.shape) || count !== value.data.length) {
    throw new RangeError(
      `${signature} needs ${name} as ${tensor.dtype} ${formatShape(tensor.shape)}, not ${value.data.length} values as ${formatShape(value.shape)}`,
    );
  }
  return value;
}

function valueOf(feed: Feed, dtype: DType): Value {
  if (typeof feed === 'object' && 'data' in feed) return feed;
  const list = Array.isArray(feed) ? (feed as readonly number[]) : [feed as number | string | boolean];
  const shape = Array.isArray(feed) ? [list.length] : [];
  if (dtype === 'string') return { data: list.map(String), shape };
  const numbers = list.map(Number);
  if (dtype === 'float32') return { data: Float32Array.from(numbers), shape };
  return { data: dtype === 'bool' ? Uint8Array.from(numbers) : Int32Array.from(numbers), shape };
}

/** Tensors that the engine holds at the moment, for tests that count them. */
export function heldTensors(): number {
  return nativeEngine().tfjs.memory().numTensors;
}
