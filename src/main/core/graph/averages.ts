import type { Graph, Node } from './graph.js';
import { cast, scalar } from './operations/array.js';
import { add, divide, minimum, multiply, subtract } from './operations/math.js';
import { assignSub, readVariable } from './operations/state.js';
import { GLOBAL_STEP } from './optimizers.js';

/**
 * Moves the averages of a graph's variables after a step (Polyak and Juditsky 1992, as moving averages): average += (1 - kept) · (variable - average).
 * A young average keeps less, min(memory, (1 + steps) / (10 + steps)), so that it has soon forgotten where it began.
 * @param memory Share of the old average that a step keeps at most, 0..1.
 * @param after What changes the variables in a step, and counts it.
 * @returns Nodes that move them when they run.
 */
export function moveAverages(graph: Graph, memory: number, after: readonly Node[]): Node[] {
  return graph.scope('averaging', () => {
    const steps = cast(readVariable(graph.variables.named(GLOBAL_STEP).handle, 'steps', after), 'float32');
    const young = divide(add(steps, scalar(graph, 1)), add(steps, scalar(graph, 10)), 'young');
    const share = subtract(scalar(graph, 1), minimum(young, scalar(graph, memory)), 'share');
    return graph.variables.averaged.map(({ variable, average }) =>
      assignSub(average.handle, multiply(subtract(average.value, readVariable(variable.handle, `moved/${variable.name}`, after)), share)),
    );
  });
}
