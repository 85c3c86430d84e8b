/** The graph core's door: build TensorFlow graphs, differentiate them, run them natively. */
export { GraphError } from './errors.js';
export type { DType } from './dtype.js';
export { formatShape, type Shape } from './shape.js';
export { Graph, type Node, type Precision, type Tensor } from './graph.js';
export type { Variable, VariableOptions } from './variables.js';
export { gradients } from './gradients.js';
export * from './initializers.js';
export { GLOBAL_STEP, minimize, type Minimization, type Optimizer } from './optimizers.js';
export * from './layers.js';
export { penalize, type Penalty } from './penalties.js';
export { rateAt, type Schedule } from './schedules.js';
export { doneAfter, type Signature } from './signature.js';
export { stateSignatures, type StateSignatures } from './state-signatures.js';
export { heldTensors, Session, type Feed, type Fetched } from './session.js';
export { decodeGraphDef, encodeGraphDef, toGraphDef } from './graph-def.js';
export type { GraphMessage } from './schema.js';
export { nativeEngine } from './native.js';
export * from './operations/index.js';
