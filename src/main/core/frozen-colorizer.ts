/** A frozen graph that colorizes: one that was exported from a run, and says itself what it takes. */
import { createHash } from 'node:crypto';
import type { Model } from './colorizing/colorize-folder.js';
import type { AbPredictor, CellColours, NetworkInput, PictureBatch } from './colorizing/predictor.js';
import { temperature } from '../../shared/contract/kinds/trained.js';
import type { LightnessRange } from '../../shared/colour/lightness-range.js';
import { PAPER_TEMPERATURE } from '../../shared/run/temperature.js';
import { UserError } from './errors.js';
import { intAttribute, tensorAttribute } from './graph-files/attributes.js';
import { constantValues } from './graph-files/constant.js';
import { TYPE } from './graph-files/data-types.js';
import { readGraphFile } from './graph-files/graph-file.js';
import { readWholeFile } from './graph-files/whole-bytes.js';
import { IsolatedGraph, refuseForbidden, USUAL_LIMITS } from './graph-running/isolated-graph.js';
import type { NativeFeed } from './graph/native-session.js';
import type { GraphMessage, NodeMessage } from './graph/schema.js';
import { answerSize, cutAnswer, paddedPictures } from './runs/padding.js';

/** What the input of an exported graph says of itself. */
interface Facts {
  multiple: number;
  border: number;
  stride: number;
  seen_side: number;
  bins: number;
  step: number;
  /** Lightness seen in training, whole units of L; graphs of before it was told lack both. */
  lightness_low?: number;
  lightness_high?: number;
}
const FACTS: readonly Exclude<keyof Facts, `lightness_${string}`>[] = ['multiple', 'border', 'stride', 'seen_side', 'bins', 'step'];
/** Larger figures than any network of this program has would be an attack on memory: pictures are widened by these three. */
const LARGEST: Readonly<Partial<Record<keyof Facts, number>>> = { multiple: 4096, border: 4096, stride: 4096, seen_side: 1e6, bins: 1e6 };

/** Opens a frozen colorizer for the length of some work. @throws UserError where the file is none. */
export async function withFrozenModel<R>(path: string, work: (model: Model, step: number) => Promise<R>, signal?: AbortSignal): Promise<R> {
  const { graph } = await readGraphFile(path);
  const input = graph.node.find(({ name }) => name === 'lightness');
  const facts = input && factsOf(input);
  if (facts === undefined || !graph.node.some(({ name }) => name === 'ab')) {
    throw new UserError(`${path} is no graph that colorizes, or does not say how. Export one from a run: chromabench graph export RUN --format pb --out ${path}`);
  }
  refuseForbidden(graph, []);
  const isolated = IsolatedGraph.open(USUAL_LIMITS, signal);
  try {
    await isolated.load(graph);
    const id = createHash('sha256').update(await readWholeFile(path)).digest('hex');
    const has = (input: string) => graph.node.some(({ name }) => name === input);
    return await work({ id, temperature: usualTemperature(graph), predictor: new FrozenColorizer(isolated, facts, has('temperature'), has('hints')) }, facts.step);
  } finally {
    await isolated.close();
  }
}

function factsOf(node: NodeMessage): Facts | undefined {
  const read = FACTS.map((name) => [name, intAttribute(node, `_${name}`)] as const);
  const whole = read.every(([name, value]) => value !== undefined && value >= (name === 'border' || name === 'step' ? 0 : 1) && value <= (LARGEST[name] ?? Infinity));
  return whole ? { ...(Object.fromEntries(read) as unknown as Facts), ...lightnessOf(node) } : undefined;
}

/** Both ends, in order and on the scale; none where one is absent or odd. */
function lightnessOf(node: NodeMessage): Pick<Facts, 'lightness_low' | 'lightness_high'> {
  const [low, high] = [intAttribute(node, '_lightness_low'), intAttribute(node, '_lightness_high')];
  return low !== undefined && high !== undefined && low >= 0 && low < high && high <= 100 ? { lightness_low: low, lightness_high: high } : {};
}

/** The graph's own default, which the export takes from the run; the paper's where an older or a foreign one has none that can be. */
function usualTemperature({ node }: GraphMessage): number {
  const [source] = node.find(({ name, op }) => name === 'temperature' && op === 'PlaceholderWithDefault')?.input ?? [];
  const usual = node.find(({ name, op }) => name === source && op === 'Const');
  const found = temperature.safeParse(usual && scalarOf(usual));
  return found.success ? found.data : PAPER_TEMPERATURE;
}

/** undefined where the constant is no float32, or is damaged. */
function scalarOf(constant: NodeMessage): number | undefined {
  const tensor = tensorAttribute(constant, 'value');
  if (tensor?.dtype !== TYPE.float32) return undefined;
  try {
    // Seven digits are what a float32 tells.
    return Number(constantValues(tensor).at(0).toPrecision(7));
  } catch {
    return undefined;
  }
}

class FrozenColorizer implements AbPredictor {
  readonly seenSide: number;
  readonly stride: number;
  readonly bins: { Q: number };
  readonly lightnessRange: LightnessRange | undefined;

  /**
   * @param hot Whether the temperature can be chosen.
   * @param takesHints Whether the graph has an input for colour hints.
   */
  constructor(private readonly isolated: IsolatedGraph, private readonly facts: Facts, private readonly hot: boolean, readonly takesHints: boolean) {
    this.seenSide = facts.seen_side;
    this.stride = facts.stride;
    this.bins = { Q: facts.bins };
    const { lightness_low: low, lightness_high: high } = facts;
    this.lightnessRange = low !== undefined && high !== undefined ? { low, high } : undefined;
  }

  async decode(input: NetworkInput, size: PictureBatch, temperature: number): Promise<CellColours> {
    const padded = paddedPictures(input, size, this.facts);
    const feeds: NativeFeed[] = [{ tensor: 'lightness:0', dtype: 'float32', shape: [padded.count, padded.height, padded.width, 1], data: padded.lightness }];
    if (padded.hints && this.takesHints) feeds.push({ tensor: 'hints:0', dtype: 'float32', shape: [padded.count, padded.height, padded.width, 3], data: padded.hints });
    if (this.hot) feeds.push({ tensor: 'temperature:0', dtype: 'float32', shape: [], data: Float32Array.of(temperature) });
    const [{ data, shape: [, height, width, depth] }] = (await this.isolated.run(feeds, ['ab:0'])).results;
    return { ab: cutAnswer(data as Float32Array, { height, width, depth }, size, this.stride), ...answerSize(size, this.stride) };
  }
}
