/**
 * Weights of every network of an experiment after each recorded epoch: `weights.f32`, float32 little-endian, epoch by epoch,
 * network by network, layer by layer, weights before biases. A torn last epoch does not count.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import type { Layer } from '../../../../shared/labs/regularization/weights.js';
import { writeFault } from '../../files.js';

const NAME = 'weights.f32';
/** Epochs that are recorded at most, and bytes that they take at most. */
const MOST_EPOCHS = 200;
const MOST_BYTES = 128 * 2 ** 20;

/** Numbers that a network of these layer sizes holds. */
export function parametersOfSizes(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, outputs, k) => sum + (sizes[k] + 1) * outputs, 0);
}

/**
 * Epochs that are recorded: the start, the end, and evenly spaced ones between, all of them where they are few.
 * @param networks Number of networks. @param sizes Of their layers.
 */
export function recordedEpochs(epochs: number, networks: number, sizes: readonly number[]): number[] {
  const affordable = Math.floor(MOST_BYTES / (4 * networks * parametersOfSizes(sizes)));
  const most = Math.max(1, Math.min(MOST_EPOCHS, affordable - 1));
  const stride = Math.ceil(epochs / most);
  return Array.from({ length: epochs + 1 }, (_, epoch) => epoch).filter((epoch) => epoch % stride === 0 || epoch === epochs);
}

export class SnapshotWriter {
  private constructor(private readonly path: string, private readonly file: FileHandle) {}

  static async open(folder: string): Promise<SnapshotWriter> {
    const path = join(folder, NAME);
    try {
      return new SnapshotWriter(path, await open(path, 'w'));
    } catch (error) {
      throw writeFault(path, error);
    }
  }

  /** Adds an epoch. */
  async add(networks: readonly (readonly Layer[])[]): Promise<void> {
    const parts = networks.flatMap((layers) => layers.flatMap(({ weights, bias }) => [weights, bias]));
    const bytes = Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
    try {
      await this.file.appendFile(littleEndian(bytes));
    } catch (error) {
      throw writeFault(this.path, error);
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** The recorded epochs, each as the layers of every network; as many as the file holds whole. */
export async function readSnapshots(folder: string, networks: number, sizes: readonly number[]): Promise<Layer[][][]> {
  const bytes = littleEndian(await readFile(join(folder, NAME)).catch(() => Buffer.alloc(0)));
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.byteLength & ~3)));
  const each = networks * parametersOfSizes(sizes);
  return Array.from({ length: Math.floor(numbers.length / each) }, (_, k) => networksOf(numbers.subarray(k * each, (k + 1) * each), networks, sizes));
}

function networksOf(values: Float32Array, networks: number, sizes: readonly number[]): Layer[][] {
  let at = 0;
  const next = (count: number) => values.slice(at, (at += count));
  return Array.from({ length: networks }, () =>
    sizes.slice(1).map((outputs, k) => ({ inputs: sizes[k], outputs, weights: next(sizes[k] * outputs), bias: next(outputs) })),
  );
}

/** Swaps the bytes of each number where the machine is big-endian; in both directions the same. */
function littleEndian(bytes: Buffer): Buffer {
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}
