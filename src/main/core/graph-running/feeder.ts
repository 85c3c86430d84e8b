/** What is fed to a graph: files, pictures, random numbers, brought to the type and shape that the input takes. */
import { extname } from 'node:path';
import { UserError } from '../errors.js';
import { isInput } from '../frozen-graphs/summary.js';
import { parseReference } from '../frozen-graphs/reference.js';
import { knownShapes } from '../frozen-graphs/shapes.js';
import { intAttribute, shapeAttribute } from '../graph-files/attributes.js';
import { TYPE } from '../graph-files/data-types.js';
import { readWholeFile } from '../graph-files/whole-bytes.js';
import type { FeedValues } from '../graph/native.js';
import type { NativeFeed } from '../graph/native-session.js';
import type { GraphMessage } from '../graph/schema.js';
import { compatible, formatShape, type Shape } from '../graph/shape.js';
import { Random } from '../random.js';
import { readCsv } from './csv.js';
import { readNpy, type NumberArray } from './npy.js';
import { pictureFeed, type PictureScale } from './picture-feed.js';
import type { Port } from './runnable.js';

export type FeedSource = { kind: 'file'; path: string; scale?: PictureScale } | { kind: 'random'; shape?: readonly number[] };

/** Bytes of a file that is fed. */
const MAX_FILE = 2 ** 30;
/** Random numbers that are fed at most. */
const MAX_RANDOM = 2 ** 27;

export class Feeder {
  private readonly shapes: ReadonlyMap<string, Shape>;

  /** @param range Of the random numbers; whole numbers are 0 or 1 in any, since most of them are indices. */
  constructor(private readonly graph: GraphMessage, private readonly seed: number, private readonly range: readonly [number, number] = [-1, 1]) {
    this.shapes = knownShapes(graph);
  }

  /** @param sources By the input's name; random numbers where there is none. @throws UserError that names the input. */
  async feeds(ports: readonly Port[], sources: ReadonlyMap<string, FeedSource>): Promise<NativeFeed[]> {
    return Promise.all(ports.map((port) => this.feed(port, sources.get(port.name) ?? { kind: 'random' })));
  }

  private async feed(port: Port, source: FeedSource): Promise<NativeFeed> {
    const shape = this.shapeOf(port.name);
    const array = source.kind === 'random' ? this.random(port, source.shape ?? sizesFor(port.name, shape)) : await this.file(port, source, shape);
    const fitted = fit(port.name, array, shape);
    return { tensor: port.tensor, dtype: port.carrier.type, ...carried(fitted, port) };
  }

  private shapeOf(name: string): Shape | undefined {
    const { node } = parseReference(name);
    const found = this.graph.node.find((other) => other.name === node);
    // A placeholder of the older kind without a shape takes any.
    if (found && isInput(found) && shapeAttribute(found, 'shape')?.length === 0 && (this.graph.versions?.producer ?? 0) < 24) return undefined;
    return this.shapes.get(node);
  }

  private random({ name, type }: Port, shape: readonly number[]): NumberArray {
    const count = shape.reduce((product, size) => product * size, 1);
    if (count > MAX_RANDOM) throw new UserError(`${formatShape(shape)} are ${count.toLocaleString('en')} random numbers for ${name}; at most ${MAX_RANDOM.toLocaleString('en')} are fed.`);
    const random = new Random(this.seed, 'feed', name);
    const whole = type !== TYPE.float32 && type !== TYPE.float64 && type !== TYPE.float16 && type !== TYPE.bfloat16;
    const [low, high] = this.range;
    return { shape, values: Float64Array.from({ length: count }, () => (whole ? random.integer(2) : low + (high - low) * random.uniform())) };
  }

  private async file({ name, type }: Port, { path, scale }: Extract<FeedSource, { kind: 'file' }>, shape: Shape | undefined): Promise<NumberArray> {
    const ending = extname(path).toLowerCase();
    if (ending === '.npy') return readNpy(await readWholeFile(path, MAX_FILE), path);
    if (ending === '.csv' || ending === '.tsv' || ending === '.txt') return readCsv((await readWholeFile(path, MAX_FILE)).toString('utf8'), path);
    const node = this.graph.node.find((other) => other.name === parseReference(name).node);
    return pictureFeed(path, { name, type, shape, scale, multiple: (node && intAttribute(node, '_multiple')) ?? 1 });
  }
}

/** Sizes for what a shape leaves open: two of a batch, something small otherwise. @throws UserError where even the number of axes is open. */
function sizesFor(name: string, shape: Shape | undefined): number[] {
  if (shape === undefined) throw new UserError(`The graph does not say which shape ${name} takes: give its sizes.`, { option: `--feed ${name}=random:1x32x32x1` });
  return shape.map((size, axis) => size ?? (axis === 0 ? 2 : shape.length === 4 && axis < 3 ? 32 : 3));
}

/** The same values in the shape that the input takes, where only the axes are cut otherwise. */
function fit(name: string, { shape, values }: NumberArray, wanted: Shape | undefined): NumberArray {
  if (wanted === undefined || compatible(wanted, shape)) return { shape, values };
  const open = wanted.filter((size) => size === null).length;
  const known = wanted.reduce<number>((product, size) => product * (size ?? 1), 1);
  const rest = values.length / known;
  if ((open === 0 && rest === 1) || (open === 1 && Number.isInteger(rest) && rest > 0)) return { shape: wanted.map((size) => size ?? rest), values };
  throw new UserError(`${name} takes ${formatShape(wanted)}; what is fed has ${formatShape(shape)}.`);
}

/** The values as the engine takes them. */
function carried({ shape, values }: NumberArray, { type, carrier, name }: Port): { shape: readonly number[]; data: FeedValues } {
  if (carrier.by === 'bits') return { shape: [...shape, 2], data: halves(values, type) };
  const numbers = Array.from(values as ArrayLike<number | bigint>, Number);
  switch (carrier.type) {
    case 'float32': return { shape, data: Float32Array.from(numbers) };
    case 'bool': return { shape, data: Uint8Array.from(numbers, (value) => Number(value !== 0)) };
    case 'string': return { shape, data: numbers.map(String) };
    case 'int32': {
      const wrong = numbers.find((value) => !Number.isInteger(value) || Math.abs(value) > 2 ** 31);
      if (wrong !== undefined) throw new UserError(`${name} takes whole numbers; ${wrong} is none that fits.`);
      return { shape, data: Int32Array.from(numbers) };
    }
  }
}

/** Values of 64 bits as pairs of int32. */
function halves(values: NumberArray['values'], type: number): Int32Array {
  const list = values as ArrayLike<number | bigint>;
  if (type === TYPE.float64) return new Int32Array(Float64Array.from(list, Number).buffer);
  return new Int32Array(BigInt64Array.from({ length: list.length }, (_, i) => BigInt.asIntN(64, BigInt(list[i]))).buffer);
}
