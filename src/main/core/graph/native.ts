import { createRequire } from 'node:module';
import { UserError } from '../errors.js';
import { chosenEngine, demandGpuAddon } from './engine-choice.js';
import type { DType } from './dtype.js';

/** Values that go into or come out of the engine, row-major: float32, int32, bool (as bytes) or strings. */
export type FeedValues = Float32Array | Int32Array | Uint8Array | readonly string[];

/** A tensor in the engine's memory. Whoever holds it disposes it. */
export interface NativeTensor {
  readonly shape: number[];
  readonly dtype: string;
  dataSync(): Float32Array | Int32Array | Uint8Array | string[];
  dispose(): void;
}

/** Part of tfjs-node's backend that we use: sessions over SavedModels. */
interface NativeBackend {
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  runSavedModel(session: number, inputs: NativeTensor[], infos: { name: string }[], outputs: string[]): NativeTensor[];
  deleteSavedModel(session: number): void;
}

/** A model that TensorFlow.js runs operation by operation. */
interface WebModel {
  execute(inputs: Record<string, NativeTensor>, output: string): NativeTensor;
  dispose(): void;
}
interface LayersModel {
  predict(inputs: NativeTensor | NativeTensor[]): NativeTensor | NativeTensor[];
  dispose(): void;
}

interface Tfjs {
  tensor(values: FeedValues, shape: readonly number[], dtype: string): NativeTensor;
  memory(): { numTensors: number };
  backend(): unknown;
  /** Opens a graph model of TensorFlow.js. */
  loadGraphModel(handler: { load(): Promise<object> }): Promise<WebModel>;
  /** Opens a layers model of TensorFlow.js. */
  loadLayersModel(handler: { load(): Promise<object> }): Promise<LayersModel>;
  version: Record<string, string>;
}

/** The engine: TensorFlow's C library behind tfjs-node. */
export interface NativeEngine {
  tfjs: Tfjs;
  backend: NativeBackend;
}

let engine: NativeEngine | undefined;

/**
 * TensorFlow, loaded at the first call: the one place of the program where tfjs-node is loaded. A process loads it once; worker threads cannot.
 * @throws UserError where the engine is not installed or does not load.
 */
export function nativeEngine(): NativeEngine {
  engine ??= load();
  return engine;
}

function load(): NativeEngine {
  // TensorFlow writes about the processor when it starts, and warns of each failure that is thrown anyway; errors still come through.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // TensorFlow uses oneDNN's kernels by itself on the newest processors only; on older ones with AVX2 they are faster too.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  const require = createRequire(import.meta.url);
  restoreRemovedUtilities(require('node:util') as Record<string, unknown>);
  if (chosenEngine() === 'gpu') takeGpuEngine(require);
  try {
    const tfjs = require('@tensorflow/tfjs-node') as Tfjs;
    return { tfjs, backend: tfjs.backend() as NativeBackend };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UserError(
      `The native TensorFlow engine does not load (${reason}). Run \`${chosenEngine() === 'gpu' ? 'npm run gpu-engine' : 'npm start'}\` once in the program's folder: it sets the engine up and says what is missing.`,
      { cause },
    );
  }
}

/** tfjs-node asks a package where its addon lies; it is told of the one for GPUs. */
function takeGpuEngine(require: NodeJS.Require): void {
  const addon = demandGpuAddon();
  const locator = require('@mapbox/node-pre-gyp/lib/pre-binding') as { find: () => string };
  locator.find = () => addon;
  // Every job and service is a process of its own, and one alone would take all of the card's memory at its start.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
}

/** tfjs-node calls two functions of node:util that Node 23 removed. */
function restoreRemovedUtilities(util: Record<string, unknown>): void {
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}

/** How tfjs names an element type. Types that it has no name for cannot be fed. */
export function tfjsType(dtype: DType): string {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool' || dtype === 'string') return dtype;
  throw new RangeError(`values of type ${dtype} cannot be fed`);
}
