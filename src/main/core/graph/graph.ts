import { attributeValue, type AttributeKind, type Attributes, type AttributeValues } from './attribute.js';
import type { DType } from './dtype.js';
import { GraphError } from './errors.js';
import { operation, type OutputSpec } from './operation.js';
import { formatShape, type Shape } from './shape.js';
import { Variables } from './variables.js';

/** One output of a node: what flows along an edge of the graph. It has a type and a shape, but no values until the graph runs. */
export class Tensor {
  constructor(
    readonly node: Node,
    readonly index: number,
    readonly dtype: DType,
    readonly shape: Shape,
  ) {}

  get graph(): Graph {
    return this.node.graph;
  }

  /** `conv3/relu:0`, as TensorFlow's sessions name tensors. */
  get name(): string {
    return `${this.node.name}:${this.index}`;
  }

  /** `conv3/relu:0 float32 [?, 32, 32, 8]`, for messages. */
  toString(): string {
    return `${this.name} ${this.dtype} ${formatShape(this.shape)}`;
  }
}

/** One operation of a graph with its inputs. Nodes are made by `Graph.add` and never change. */
export class Node {
  readonly outputs: readonly Tensor[];

  /** @param id Place in the graph; inputs always have smaller ids, so that ids are a topological order. */
  constructor(
    readonly graph: Graph,
    readonly id: number,
    readonly name: string,
    readonly operation: string,
    readonly inputs: readonly Tensor[],
    readonly controls: readonly Node[],
    readonly attributes: Attributes,
    outputs: readonly OutputSpec[],
  ) {
    this.outputs = outputs.map((spec, index) => new Tensor(this, index, spec.dtype, spec.shape));
  }

  /** The only output. Throws where the node has none or several. */
  get output(): Tensor {
    if (this.outputs.length !== 1) {
      throw new GraphError(this.name, this.operation, `one output is asked for, it has ${this.outputs.length}`);
    }
    return this.outputs[0];
  }

  /** The value of an attribute of a given kind. Throws where the node has no such attribute. */
  attribute<K extends AttributeKind>(name: string, kind: K): AttributeValues[K] {
    return requireAttribute(this, this.attributes, name, kind);
  }
}

function requireAttribute<K extends AttributeKind>(
  node: { name: string; operation: string },
  attributes: Attributes,
  name: string,
  kind: K,
): AttributeValues[K] {
  const value = attributeValue(attributes, name, kind);
  if (value === undefined) throw new GraphError(node.name, node.operation, `it needs an attribute ${name} of kind ${kind}`);
  return value;
}

export interface NodeOptions {
  /** Last part of the name; the operation's own name where absent. Made unique with `_1`, `_2`, ... */
  name?: string;
  inputs?: readonly Tensor[];
  attributes?: Attributes;
  /** Nodes that have to run before this one although nothing flows from them. */
  controls?: readonly Node[];
}

/** Types that convolutions can compute in. bfloat16 has the range of float32 and 8 bits of its mantissa: half the bytes, and on some processors half the time. */
export type Precision = 'float32' | 'bfloat16';

/** What TensorFlow accepts as the name of a node (tensorflow/core/framework/node_def_util.cc). */
const NODE_NAME = /^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/;

/**
 * A TensorFlow graph under construction: nodes in the order they were made, with unique names inside scopes, and the
 * variables they share. Every node is checked when it is added: types, shapes and names.
 */
export class Graph {
  readonly variables: Variables = new Variables(this);
  private readonly list: Node[] = [];
  private readonly byName = new Map<string, Node>();
  private prefix = '';
  private computing: Precision = 'float32';

  get nodes(): readonly Node[] {
    return this.list;
  }

  /** The node of that full name, if there is one. */
  find(name: string): Node | undefined {
    return this.byName.get(name);
  }

  /** Builds inside a scope: names of the nodes made by `build` begin with `name/`. */
  scope<T>(name: string, build: () => T): T {
    return this.within(`${this.prefix}${name}/`, build);
  }

  /** Builds outside every scope, for what parts of a graph share. */
  atRoot<T>(build: () => T): T {
    return this.within('', build);
  }

  /** What layers that are built now convolve in. */
  get precision(): Precision {
    return this.computing;
  }

  /** Layers made by `build` convolve in this precision; between them all is float32. */
  inPrecision<T>(precision: Precision, build: () => T): T {
    const outer = this.computing;
    this.computing = precision;
    try {
      return build();
    } finally {
      this.computing = outer;
    }
  }

  /**
   * Adds a node. Types and shapes of its outputs come from the operation's own rule.
   * @throws GraphError that names the node and the reason.
   */
  add(operationName: string, { name, inputs = [], attributes = {}, controls = [] }: NodeOptions = {}): Node {
    const fullName = this.uniqueName(this.prefix + (name ?? operationName));
    this.checkInputs(fullName, operationName, inputs, controls);
    const outputs = operation(operationName, fullName).infer({
      inputs,
      attribute: (attribute, kind) => requireAttribute({ name: fullName, operation: operationName }, attributes, attribute, kind),
      fail: (reason) => {
        throw new GraphError(fullName, operationName, reason);
      },
    });
    const node = new Node(this, this.list.length, fullName, operationName, inputs, controls, attributes, outputs);
    this.list.push(node);
    this.byName.set(fullName, node);
    return node;
  }

  private checkInputs(name: string, operationName: string, inputs: readonly Tensor[], controls: readonly Node[]): void {
    if (!NODE_NAME.test(name)) {
      throw new GraphError(name, operationName, 'the name may hold letters, digits and _ . - / only, and must begin with a letter or digit');
    }
    const stranger = inputs.find((tensor) => tensor.graph !== this)?.name ?? controls.find((node) => node.graph !== this)?.name;
    if (stranger !== undefined) throw new GraphError(name, operationName, `its input ${stranger} belongs to another graph`);
  }

  private uniqueName(wanted: string): string {
    if (!this.byName.has(wanted)) return wanted;
    let count = 1;
    while (this.byName.has(`${wanted}_${count}`)) count++;
    return `${wanted}_${count}`;
  }

  private within<T>(prefix: string, build: () => T): T {
    const outer = this.prefix;
    this.prefix = prefix;
    try {
      return build();
    } finally {
      this.prefix = outer;
    }
  }
}
