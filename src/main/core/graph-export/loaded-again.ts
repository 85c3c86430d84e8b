/** The proof of an export: it is loaded as its users will load it, and asked the same as the frozen graph. */
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { nativeEngine } from '../graph/native.js';
import { NativeSession, type NativeFeed } from '../graph/native-session.js';
import { writeGraphAsSavedModel } from '../graph/saved-model.js';
import type { GraphMessage } from '../graph/schema.js';
import { difference, ROUNDING } from '../graph-running/verify.js';
import { Random } from '../random.js';

/** What a loaded network answers. */
export interface Answered {
  shape: readonly number[];
  values: Float32Array;
}

/** Lightness of a made-up picture. @returns float32 [1, side, side, 1], 0..100 */
export function exampleLightness(side: number, seed = 1): NativeFeed {
  const random = new Random(seed, 'lightness');
  const data = Float32Array.from({ length: side * side }, (_, i) => 50 + 40 * Math.sin(i / 7) + 10 * random.uniform());
  return { tensor: 'lightness:0', dtype: 'float32', shape: [1, side, side, 1], data };
}

/** @throws UserError where two answers differ by more than rounding; `allowed` in proportion to the largest value. @returns The largest difference. */
export function demandSame(expected: Answered, found: Answered, what: string, allowed = ROUNDING): number {
  const { largest, scale } = difference(expected, found);
  if (largest <= allowed * Math.max(1, scale)) return largest;
  throw new UserError(`${what} does not give the same answer as the run: the largest difference is ${largest.toPrecision(3)}. It was not kept.`);
}

export async function answerOfGraph(graph: GraphMessage, answer: string, feed: NativeFeed): Promise<Answered> {
  return answerOf(await NativeSession.open((folder) => writeGraphAsSavedModel(folder, graph)), answer, feed);
}

export function answerOfSavedModel(folder: string, answer: string, feed: NativeFeed): Answered {
  return answerOf(NativeSession.load(folder), answer, feed);
}

function answerOf(session: NativeSession, answer: string, feed: NativeFeed): Answered {
  try {
    const [{ shape, data }] = session.run([feed], [`${answer}:0`]);
    return { shape, values: data as Float32Array };
  } finally {
    session.close();
  }
}

/** By TensorFlow.js, which computes each operation on its own. */
export async function answerOfWebModel(folder: string, answer: string, { data, shape }: NativeFeed): Promise<Answered> {
  const { tfjs } = nativeEngine();
  const model = await tfjs.loadGraphModel({ load: () => webArtifacts(folder) });
  const input = tfjs.tensor(data, shape, 'float32');
  try {
    const output = model.execute({ lightness: input }, answer);
    const answered = { shape: [...output.shape], values: output.dataSync() as Float32Array };
    output.dispose();
    return answered;
  } finally {
    input.dispose();
    model.dispose();
  }
}

async function webArtifacts(folder: string): Promise<object> {
  const { weightsManifest, ...model } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as { weightsManifest: { paths: string[]; weights: object[] }[]; modelTopology: object };
  const [{ paths, weights }] = weightsManifest;
  const bytes = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(folder, path)))));
  return { ...model, weightSpecs: weights, weightData: Uint8Array.from(bytes).buffer };
}

/** The part of onnxruntime-web that is used. */
interface OnnxRuntime {
  InferenceSession: { create(bytes: Uint8Array): Promise<{ run(feeds: Record<string, unknown>): Promise<Record<string, { dims: readonly number[]; data: Float32Array }>>; release(): Promise<void> }> };
  Tensor: new (type: string, data: unknown, dims: readonly number[]) => unknown;
}

/** By ONNX Runtime. */
export async function answerOfOnnx(path: string, answer: string, { data, shape }: NativeFeed): Promise<Answered> {
  const { InferenceSession, Tensor } = createRequire(import.meta.url)('onnxruntime-web') as OnnxRuntime;
  const session = await InferenceSession.create(await readFile(path));
  try {
    const output = (await session.run({ lightness: new Tensor('float32', data, shape) }))[answer];
    return { shape: output.dims, values: output.data };
  } finally {
    await session.release();
  }
}
