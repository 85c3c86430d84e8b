import { GraphError } from './errors.js';
import type { Node, Tensor } from './graph.js';
import { operation, type GradientRequest } from './operation.js';
import { scalar } from './operations/array.js';
import { addN } from './operations/math.js';
import { compatible, formatShape } from './shape.js';

/**
 * Reverse-mode derivatives of a loss: for each target, the derivative of the loss by it, of the target's shape.
 * Contributions that meet are added in one operation, and only what a target needs is built.
 * @param loss float32 scalar.
 * @param targets Tensors the loss depends on, usually the values of variables.
 * @throws GraphError where the loss is no scalar, does not depend on a target, or an operation on the way has no gradient.
 */
export function gradients(loss: Tensor, targets: readonly Tensor[]): Tensor[] {
  if (loss.dtype !== 'float32' || loss.shape.length !== 0) {
    throw new GraphError(loss.node.name, loss.node.operation, `a loss is a float32 scalar, this is ${loss.dtype} ${formatShape(loss.shape)}`);
  }
  return loss.graph.scope('gradients', () => new Backpropagation(loss, targets).run());
}

class Backpropagation {
  /** Nodes through which the loss depends on a target. */
  private readonly active: Set<Node>;
  private readonly contributions = new Map<Tensor, Tensor[]>();

  constructor(
    private readonly loss: Tensor,
    private readonly targets: readonly Tensor[],
  ) {
    this.active = nodesBetween(targets, loss.node);
  }

  run(): Tensor[] {
    this.contribute(this.loss, scalar(this.loss.graph, 1, 'start'));
    const inputs = new Set(this.targets.map((target) => target.node));
    // Inputs have smaller ids than their users: in descending order every flow into a node is complete when its turn comes.
    const order = [...this.active].sort((a, b) => b.id - a.id);
    for (const node of order) {
      if (!inputs.has(node)) this.passOn(node);
    }
    return this.targets.map((target) => this.collected(target) ?? this.refuse(target));
  }

  private passOn(node: Node): void {
    const flow = node.outputs.map((output) => this.collected(output));
    if (flow.every((part) => part === null)) return;
    const { gradient } = operation(node.operation, node.name);
    if (gradient === 'none') return;
    if (gradient === undefined) {
      throw new GraphError(node.name, node.operation, `the loss ${this.loss.name} depends on it, and no gradient is known for this operation`);
    }
    const request: GradientRequest = { node, flow, needs: (input) => this.active.has(node.inputs[input].node) };
    const results = node.graph.scope(node.name, () => gradient(request));
    node.inputs.forEach((input, i) => {
      const result = results[i] ?? null;
      if (result !== null && request.needs(i)) this.contribute(input, result, node);
    });
  }

  private contribute(tensor: Tensor, gradient: Tensor, from: Node = tensor.node): void {
    if (!compatible(tensor.shape, gradient.shape)) {
      throw new GraphError(from.name, from.operation, `its gradient ${gradient.toString()} does not fit ${tensor.toString()}`);
    }
    const known = this.contributions.get(tensor);
    if (known) known.push(gradient);
    else this.contributions.set(tensor, [gradient]);
  }

  /** The sum of what has flowed into a tensor. */
  private collected(tensor: Tensor): Tensor | null {
    const parts = this.contributions.get(tensor);
    if (parts === undefined) return null;
    const total = parts.length === 1 ? parts[0] : addN(parts, 'sum');
    this.contributions.set(tensor, [total]);
    return total;
  }

  private refuse(target: Tensor): never {
    const { name, operation: kind } = target.node;
    throw new GraphError(name, kind, `the loss ${this.loss.name} does not depend on it, so that it has no gradient`);
  }
}

/** Nodes on a way from one of the targets to `end`, both included. */
function nodesBetween(targets: readonly Tensor[], end: Node): Set<Node> {
  const sources = new Set(targets.map((target) => target.node));
  const depends = new Map<number, boolean>();
  const reached = new Set<Node>();
  const visit = (node: Node): void => {
    if (reached.has(node)) return;
    reached.add(node);
    node.inputs.forEach((input) => visit(input.node));
  };
  visit(end);
  for (const node of [...reached].sort((a, b) => a.id - b.id)) {
    depends.set(node.id, sources.has(node) || node.inputs.some((input) => depends.get(input.node.id)));
  }
  return new Set([...reached].filter((node) => depends.get(node.id)));
}
