/**
 * Weights of every network of an experiment after each recorded epoch: `weights.f32`, float32 little-endian, epoch by epoch,
 * network by network, layer by layer, weights before biases. A torn last epoch does not count.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { parametersOfSizes, unpackedNetworks } from '../../../../shared/labs/regularization/packed-layers.js';
import type { Layer } from '../../../../shared/labs/regularization/weights.js';
import { writeFault } from '../../files.js';

const NAME = 'weights.f32';
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
  const { count, numbers } = await readPackedSnapshots(folder, networks, sizes);
  const each = networks * parametersOfSizes(sizes);
  return Array.from({ length: count }, (_, k) => unpackedNetworks(numbers.subarray(k * each, (k + 1) * each), networks, sizes));
}

/** Some of the recorded epochs, one after the other. */
export interface PackedSnapshots {
  /** Recorded epochs that the file holds whole. */
  records: number;
  /** How many of them these are. */
  count: number;
  /** float32 [count, networks, parameters] */
  numbers: Float32Array;
}

/** @param first Number of the first recorded epoch, from 0. @param most How many are read at most. */
export async function readPackedSnapshots(folder: string, networks: number, sizes: readonly number[], first = 0, most = Infinity): Promise<PackedSnapshots> {
  const bytesEach = 4 * networks * parametersOfSizes(sizes);
  const file = await open(join(folder, NAME)).catch(() => undefined);
  if (file === undefined) return { records: 0, count: 0, numbers: new Float32Array() };
  try {
    const records = Math.floor((await file.stat()).size / bytesEach);
    const count = Math.max(0, Math.min(most, records - first));
    const numbers = new Float32Array((count * bytesEach) / 4);
    const bytes = Buffer.from(numbers.buffer);
    await file.read(bytes, 0, bytes.length, first * bytesEach);
    if (endianness() === 'BE') bytes.swap32();
    return { records, count, numbers };
  } finally {
    await file.close();
  }
}

/** As the file has it, whatever the machine's own order is. */
function littleEndian(bytes: Buffer): Buffer {
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}
