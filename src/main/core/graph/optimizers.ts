import { gradients } from './gradients.js';
import type { Graph, Node, Tensor } from './graph.js';
import { constantValue, zeros } from './initializers.js';
import { constant, scalar } from './operations/array.js';
import { multiply, scale } from './operations/math.js';
import { assign, assignAdd, assignSub } from './operations/state.js';
import { applyAdam, applyGradientDescent, applyMomentum } from './operations/training.js';
import type { Variable } from './variables.js';

/** How variables follow their gradients. The rate is fed at each step, so that any schedule works. */
export type Optimizer = WeightDecay &
  (
    | { kind: 'sgd' }
    | { kind: 'momentum'; momentum: number; nesterov?: boolean }
    /** Kingma and Ba 2015; `adamw` says that its weight decay is meant to be used, the rule is the same. */
    | { kind: 'adam' | 'adamw'; beta1?: number; beta2?: number; epsilon?: number }
  );

interface WeightDecay {
  /**
   * Decoupled weight decay (Loshchilov and Hutter 2019; with Adam it makes AdamW), as Keras does it: before the step,
   * variable -= rate · weightDecay · variable, for the variables that `decays` chooses. 0 where absent.
   */
  weightDecay?: number;
}

/** Name of the int32 scalar that counts the steps taken. */
export const GLOBAL_STEP = 'global_step';

export interface Minimization {
  loss: Tensor;
  variables: readonly Variable[];
  /** float32 scalar */
  rate: Tensor;
  optimizer: Optimizer;
  /** Which variables decoupled weight decay shrinks; by default those with two axes or more, so not biases and scales. */
  decays?: (variable: Variable) => boolean;
}

/**
 * One step down the gradient of a loss: changes the variables, the optimizer's slots (`optimizer/...`) and the step count.
 * @returns Nodes that make the step when they run.
 */
export function minimize({ loss, variables, ...step }: Minimization): Node[] {
  const flows = gradients(loss, variables.map((variable) => variable.value));
  // Reads of the forward pass come before any change.
  return followGradients({ variables, flows, after: [loss.node], ...step });
}

export interface Descent extends Omit<Minimization, 'loss'> {
  /** Derivative of the loss by each variable, of its shape. */
  flows: readonly Tensor[];
  /** What has to have run before a variable changes. */
  after: readonly Node[];
}

/**
 * One step along gradients that are known, wherever they come from: changes the variables, the optimizer's slots and the step count.
 * @returns Nodes that make the step when they run.
 */
export function followGradients({ variables, flows, after, rate, optimizer, decays = (variable) => variable.shape.length > 1 }: Descent): Node[] {
  const { graph } = rate;
  return graph.scope('update', () => {
    const rule = RULES[optimizer.kind](graph, optimizer as never);
    const updates = variables.map((variable, i) => {
      const { weightDecay = 0 } = optimizer;
      const before = weightDecay > 0 && decays(variable) ? [decay(variable, rate, weightDecay, after)] : after;
      return rule.update(variable, flows[i], rate, before);
    });
    return [...updates, ...rule.finish(updates), countStep(graph, after)];
  });
}

/** An optimizer at work on a graph. */
interface Rule {
  update(variable: Variable, gradient: Tensor, rate: Tensor, controls: readonly Node[]): Node;
  /** What is to be done once a step, after all updates. */
  finish(updates: readonly Node[]): Node[];
}

type RuleOf<K extends Optimizer['kind']> = (graph: Graph, options: OptionsOf<K>) => Rule;
type OptionsOf<K extends Optimizer['kind']> = Omit<Extract<Optimizer, { kind: K }>, 'kind'>;

const RULES: { [K in Optimizer['kind']]: RuleOf<K> } = {
  sgd: () => ({
    update: ({ handle }, gradient, rate, controls) => applyGradientDescent({ inputs: [handle, rate, gradient], controls }),
    finish: () => [],
  }),
  momentum: (graph, { momentum, nesterov = false }) => ({
    update: (variable, gradient, rate, controls) =>
      applyMomentum({ inputs: [variable.handle, slot(graph, variable, 'velocity'), rate, gradient, scalar(graph, momentum)], controls }, nesterov),
    finish: () => [],
  }),
  adam: adamRule,
  adamw: adamRule,
};

function adamRule(graph: Graph, { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: { beta1?: number; beta2?: number; epsilon?: number }): Rule {
  const settings = [scalar(graph, beta1, 'beta1'), scalar(graph, beta2, 'beta2'), scalar(graph, epsilon, 'epsilon')];
  const powers = [beta1, beta2].map((beta, i) =>
    graph.variables.share({ name: `optimizer/beta${i + 1}_power`, shape: [], initializer: constantValue(beta), trainable: false }),
  );
  return {
    update: (variable, gradient, rate, controls) =>
      applyAdam({
        inputs: [variable.handle, slot(graph, variable, 'm'), slot(graph, variable, 'v'), powers[0].value, powers[1].value, rate, ...settings, gradient],
        controls,
      }),
    finish: (updates) => powers.map((power, i) => assign(power.handle, multiply(power.value, settings[i]), updates)),
  };
}

/** A value that the optimizer keeps for a variable: `optimizer/conv3/weights/m`. */
function slot(graph: Graph, { name, shape }: Variable, kind: string): Tensor {
  return graph.variables.share({ name: `optimizer/${name}/${kind}`, shape, initializer: zeros, trainable: false }).handle;
}

function decay(variable: Variable, rate: Tensor, strength: number, controls: readonly Node[]): Node {
  return assignSub(variable.handle, multiply(variable.value, scale(rate, strength)), controls);
}

function countStep(graph: Graph, controls: readonly Node[]): Node {
  const step = graph.variables.share({ name: GLOBAL_STEP, shape: [], dtype: 'int32', initializer: zeros, trainable: false });
  return assignAdd(step.handle, constant(graph, Int32Array.of(1), []), controls);
}
