import type { AttributeKind, AttributeValues } from './attribute.js';
import type { DType } from './dtype.js';
import { GraphError } from './errors.js';
import type { Node, Tensor } from './graph.js';
import type { Shape } from './shape.js';

/** Type and shape of one output. */
export interface OutputSpec {
  dtype: DType;
  shape: Shape;
}

/** What an operation's rule sees of the node that is being made. */
export interface InferenceRequest {
  inputs: readonly Tensor[];
  /** The value of an attribute; ends the construction where it is missing. */
  attribute: <K extends AttributeKind>(name: string, kind: K) => AttributeValues[K];
  /** Ends the construction with a sentence that names the node. */
  fail: (reason: string) => never;
}

/** What a gradient sees: the node, what flows back into each of its outputs, and which inputs want a gradient. */
export interface GradientRequest {
  node: Node;
  /** Derivative of the loss by each output, `null` where the output has no part in the loss. */
  flow: readonly (Tensor | null)[];
  /** False where nobody asks for the gradient of that input; leaving it out saves nodes. */
  needs: (input: number) => boolean;
}

/** Derivative of the loss by each input of a node, `null` where there is none. */
export type Gradient = (request: GradientRequest) => readonly (Tensor | null)[];

export interface OperationDefinition {
  /** Types and shapes of the outputs; refuses inputs that cannot work. */
  infer(request: InferenceRequest): OutputSpec[];
  /** Reverse-mode derivative. `'none'`: nothing flows back by nature (comparisons, shapes). Absent: not known, asking is an error. */
  gradient?: Gradient | 'none';
}

const definitions = new Map<string, OperationDefinition>();

/** Makes an operation known. Each family file registers its own. */
export function defineOperation(name: string, definition: OperationDefinition): void {
  if (definitions.has(name)) throw new Error(`operation ${name} is defined twice`);
  definitions.set(name, definition);
}

/** The definition of an operation, or an error that names the node which asks for it. */
export function operation(name: string, node: string): OperationDefinition {
  const found = definitions.get(name);
  if (found === undefined) throw new GraphError(node, name, 'this operation is not known to the graph builder');
  return found;
}

/** A gradient of an operation with one output: called only where something flows into that output. */
export function gradientOfOne(
  derive: (flow: Tensor, node: Node, needs: (input: number) => boolean) => readonly (Tensor | null)[],
): Gradient {
  return ({ node, flow, needs }) => (flow[0] === null ? node.inputs.map(() => null) : derive(flow[0], node, needs));
}

/** Rule of operations whose only output is like their first input. */
export function sameAsFirst({ inputs }: InferenceRequest): OutputSpec[] {
  return [{ dtype: inputs[0].dtype, shape: inputs[0].shape }];
}

/** All inputs must be of type float32. */
export function requireFloat({ inputs, fail }: InferenceRequest): void {
  const wrong = inputs.find((tensor) => tensor.dtype !== 'float32');
  if (wrong) fail(`it works on float32, ${wrong.name} is ${wrong.dtype}`);
}

/** All inputs must be of one type, float32 or bfloat16. */
export function requireOneFloat({ inputs, fail }: InferenceRequest): void {
  const [{ dtype }] = inputs;
  const wrong = inputs.find((tensor) => (tensor.dtype !== 'float32' && tensor.dtype !== 'bfloat16') || tensor.dtype !== dtype);
  if (wrong) fail(`it works on float32 or bfloat16, one for all inputs; ${wrong.name} is ${wrong.dtype}, ${inputs[0].name} ${dtype}`);
}
