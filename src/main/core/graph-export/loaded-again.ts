/** The proof of an export: it is loaded as its users will load it, and asked the same as the frozen graph. */
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.js';
import { nativeEngine } from '../graph/native.js';
import { NativeSession, type NativeFeed } from '../graph/native-session.js';
import { writeGraphAsSavedModel } from '../graph/saved-model.js';
import type { GraphMessage } from '../graph/schema.js';
import { difference, isRounding, ROUNDING } from '../graph-running/agreement.js';
import { Random } from '../random.js';

/** What a loaded network answers. */
export interface Answered {
  shape: readonly number[];
  values: Float32Array;
}

/** Lightness of made-up pictures: waves with grain, noise over the whole range, shadows, and plain white. @returns Feeds float32 [1, side, side, 1], 0..100 */
export function exampleLightness(side: number, seed = 1): NativeFeed[] {
  const random = new Random(seed, 'lightness');
  const kinds: readonly ((i: number) => number)[] = [
    (i) => 50 + 40 * Math.sin(i / 7) + 10 * random.uniform(), () => 100 * random.uniform(), (i) => 5 + 3 * Math.sin(i / 11) + 2 * random.uniform(), () => 100,
  ];
  return kinds.map((lightness) => ({ tensor: 'lightness:0', dtype: 'float32', shape: [1, side, side, 1], data: Float32Array.from({ length: side * side }, (_, i) => lightness(i)) }));
}

/**
 * @param allowed In proportion to the largest value of an answer.
 * @throws UserError where two answers to one picture differ by more than rounding, or hold what is no number. @returns The largest difference.
 */
export function demandSame(expected: readonly Answered[], found: readonly Answered[], what: string, allowed = ROUNDING): number {
  const differences = expected.map((answer, i) => difference(answer, found[i]));
  const wrong = differences.find((each) => !isRounding(each, allowed));
  if (wrong) throw new UserError(`${what} does not give the same answer as the run: the largest difference is ${wrong.largest.toPrecision(3)}, of values up to ${wrong.scale.toPrecision(3)}. It was not kept.`);
  if (differences.some(({ notNumbers }) => notNumbers > 0)) throw new UserError(`The run's network answers with what is no number (NaN): its training diverged. ${what} was not kept; choose an earlier checkpoint.`);
  return Math.max(...differences.map(({ largest }) => largest));
}

export async function answersOfGraph(graph: GraphMessage, answer: string, feeds: readonly NativeFeed[]): Promise<Answered[]> {
  return answersOf(await NativeSession.open((folder) => writeGraphAsSavedModel(folder, graph)), answer, feeds);
}

export function answersOfSavedModel(folder: string, answer: string, feeds: readonly NativeFeed[]): Answered[] {
  return answersOf(NativeSession.load(folder), answer, feeds);
}

function answersOf(session: NativeSession, answer: string, feeds: readonly NativeFeed[]): Answered[] {
  try {
    return feeds.map((feed) => {
      const [{ shape, data }] = session.run([feed], [`${answer}:0`]);
      return { shape, values: data as Float32Array };
    });
  } finally {
    session.close();
  }
}

/** By TensorFlow.js, which computes each operation on its own. */
export async function answersOfWebModel(folder: string, answer: string, feeds: readonly NativeFeed[]): Promise<Answered[]> {
  const { tfjs } = nativeEngine();
  const model = await tfjs.loadGraphModel({ load: () => webArtifacts(folder) });
  const one = ({ data, shape }: NativeFeed): Answered => {
    const input = tfjs.tensor(data, shape, 'float32');
    const output = model.execute({ lightness: input }, answer);
    const answered = { shape: [...output.shape], values: output.dataSync() as Float32Array };
    [input, output].forEach((tensor) => tensor.dispose());
    return answered;
  };
  try {
    return feeds.map(one);
  } finally {
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
export async function answersOfOnnx(path: string, answer: string, feeds: readonly NativeFeed[]): Promise<Answered[]> {
  const { InferenceSession, Tensor } = createRequire(import.meta.url)('onnxruntime-web') as OnnxRuntime;
  const session = await InferenceSession.create(await readFile(path));
  const answers: Answered[] = [];
  try {
    for (const { data, shape } of feeds) {
      const output = (await session.run({ lightness: new Tensor('float32', data, shape) }))[answer];
      answers.push({ shape: output.dims, values: Float32Array.from(output.data) });
    }
    return answers;
  } finally {
    await session.release();
  }
}
