import type { DType } from './dtype.js';
import type { Graph, Tensor } from './graph.js';
import { nativeEngine, type FeedValues } from './native.js';
import { NativeSession, type Fetched } from './native-session.js';
import { writeSavedModel } from './saved-model.js';
import { compatible, formatShape } from './shape.js';
import type { Signature } from './signature.js';

/**
 * A value to feed: a number or string for scalars, a plain array for vectors, or values with their shape.
 * Typed arrays are handed to TensorFlow without a copy: do not change one afterwards.
 */
export type Feed = number | string | boolean | readonly number[] | { data: FeedValues; shape: readonly number[] };

export type { Fetched };

/**
 * A graph ready to run natively, with the state of its variables. Signatures share the variables.
 * Runs are synchronous and block the process, as every native step does.
 */
export class Session<Names extends string = string> {
  private constructor(
    private readonly native: NativeSession,
    private readonly graph: Graph,
    private readonly signatures: Readonly<Record<Names, Signature>>,
  ) {}

  /**
   * Hands a graph to TensorFlow. Variables have no values until a signature has set them.
   * @throws UserError where the engine is missing. @throws Error with TensorFlow's message where it refuses the graph.
   */
  static async open<Names extends string>(graph: Graph, signatures: Readonly<Record<Names, Signature>>): Promise<Session<Names>> {
    return new Session(await NativeSession.open((folder) => writeSavedModel(folder, graph, signatures)), graph, signatures);
  }

  /**
   * Runs a signature once.
   * @param only Outputs wanted; all of them where absent.
   * @throws RangeError where a feed is missing that has no default, unknown or of another shape. @throws Error with TensorFlow's message where the run fails.
   */
  run(signature: Names, feeds: Readonly<Record<string, Feed>> = {}, only?: readonly string[]): Record<string, Fetched> {
    const { inputs, outputs } = this.signatures[signature];
    const wanted = only ?? Object.keys(outputs);
    refuseUnknown(signature, feeds, inputs);
    const fed = Object.entries(inputs)
      .filter(([name, { node }]) => name in feeds || node.operation !== 'PlaceholderWithDefault')
      .map(([name, tensor]) => ({ tensor, value: feedOf(signature, name, tensor, feeds[name]) }));
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
    this.native.close();
  }

  private execute(fed: readonly { tensor: Tensor; value: Value }[], fetches: readonly Tensor[]): Fetched[] {
    const feeds = fed.map(({ tensor, value }) => ({ tensor: tensor.name, dtype: tensor.dtype, ...value }));
    return this.native.run(feeds, fetches.map((tensor) => tensor.name));
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
