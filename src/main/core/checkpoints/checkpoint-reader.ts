/**
 * TensorFlow checkpoints of version 2 without TensorFlow: which tensors they hold, and their bytes. TensorFlow's own reader hands over
 * only some element types through this program's engine; the bytes are exact for all. Checksums are verified.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { messageType, numberOf, type Integer, type ShapeMessage } from '../graph/schema.js';
import { bytesOfElement, typeName } from '../graph-files/data-types.js';
import { decodeMessage } from '../graph-files/message-file.js';
import { openFile, readAt, readWholeFile } from '../graph-files/whole-bytes.js';
import { WireFault } from '../graph-files/wire-bounds.js';
import { crc32c, masked } from './crc32c.js';
import { sliceKey, type Slice } from './slice-key.js';
import { Cursor, readTable, TableFault } from './table.js';

/** A tensor of a checkpoint. */
export interface CheckpointEntry {
  name: string;
  /** TensorFlow's number of the element type. */
  type: number;
  shape: readonly number[];
  /** Bytes in the data files; of a partitioned tensor those of its parts together. */
  bytes: number;
  /** Extents of the parts where the tensor is partitioned. */
  slices: readonly Slice[];
}

interface EntryMessage {
  dtype: number;
  shape?: ShapeMessage;
  shardId: number;
  offset: Integer;
  size: Integer;
  crc32c: number;
  slices?: { extent?: { start: Integer; length?: Integer | null }[] }[];
}

/** Bytes of an index that are read: a hundred thousand tensors take about 10 MB. */
const MAX_INDEX = 256 * 2 ** 20;
/** Elements of a shape that a file may claim without more than its claim. */
const MAX_RANK = 254;

/**
 * The prefix of a checkpoint from what a person gives: the prefix itself, one of its files, or a folder of checkpoints whose newest is meant.
 * @throws UserError where no checkpoint is there.
 */
export async function checkpointPrefix(given: string): Promise<string> {
  const prefix = given.replace(/\.(index|data-\d{5}-of-\d{5})$/, '');
  if (await isFile(`${prefix}.index`)) return prefix;
  const facts = await stat(given).catch(() => undefined);
  if (facts?.isDirectory()) return newestIn(given);
  if (facts?.isFile()) throw new UserError(`${given} has no ${basename(prefix)}.index beside it. A checkpoint is given by the common beginning of its files; the old format in one file is not read: load and save it once with tf.compat.v1.train.Saver.`);
  throw new UserError(`There is no checkpoint ${given}: ${prefix}.index is not there. Give the path of its files without .index or .data-00000-of-00001.`);
}

async function newestIn(folder: string): Promise<string> {
  const state = await readFile(join(folder, 'checkpoint'), 'utf8').catch(() => '');
  const named = /^model_checkpoint_path:\s*"([^"\n]+)"/m.exec(state)?.[1];
  if (named !== undefined) return checkpointPrefix(join(folder, basename(named)));
  const indices = (await readdir(folder)).filter((name) => name.endsWith('.index'));
  if (indices.length === 1) return join(folder, indices[0].slice(0, -'.index'.length));
  throw new UserError(indices.length === 0 ? `${folder} holds no checkpoint: no file ends in .index.` : `${folder} holds ${indices.length} checkpoints. Give one of them: ${indices.slice(0, 5).map((name) => join(folder, name)).join(', ')}.`);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then((facts) => facts.isFile(), () => false);
}

export class CheckpointReader {
  private byName: ReadonlyMap<string, CheckpointEntry> | undefined;

  private constructor(
    /** The common beginning of the paths of its files. */
    readonly prefix: string,
    /** Data files it is spread over. */
    readonly shards: number,
    private readonly messages: ReadonlyMap<string, EntryMessage>,
    /** The tensors in the order of their names. */
    readonly entries: readonly CheckpointEntry[],
  ) {}

  /** @param given See checkpointPrefix. @throws UserError where there is none, or it is damaged. */
  static async open(given: string): Promise<CheckpointReader> {
    const prefix = await checkpointPrefix(given);
    const bytes = await readWholeFile(`${prefix}.index`, MAX_INDEX);
    try {
      const table = readTable(bytes);
      const { numShards } = header(table.get(''));
      table.delete('');
      const messages = new Map([...table].map(([key, value]) => [key, decodeMessage<EntryMessage>(messageType('BundleEntryProto'), value)]));
      return new CheckpointReader(prefix, numShards, messages, entriesOf(messages));
    } catch (error) {
      if (!(error instanceof TableFault || error instanceof WireFault)) throw error;
      throw new UserError(`${prefix}.index is damaged, or no index of a checkpoint: ${error.message}. Copy the checkpoint again.`, { cause: error });
    }
  }

  find(name: string): CheckpointEntry | undefined {
    this.byName ??= new Map(this.entries.map((entry) => [entry.name, entry]));
    return this.byName.get(name);
  }

  /**
   * The values of a tensor, row-major and little-endian, parts put together. @throws UserError where they are damaged or of a type that has no plain bytes.
   * @param slice One part alone, or the whole where absent.
   */
  async read(entry: CheckpointEntry, slice?: Slice): Promise<Buffer> {
    if (bytesOfElement(entry.type) === undefined) throw new UserError(`${entry.name} in ${this.prefix} is of type ${typeName(entry.type)}, which has no plain values.`);
    const message = this.messages.get(keyOf(entry.name)) as EntryMessage;
    if (slice) return this.part(entry, slice);
    return entry.slices.length ? this.assembled(entry) : this.bytesOf(entry.name, message);
  }

  /** The texts of a tensor of strings, as bytes. @throws UserError */
  async readStrings(entry: CheckpointEntry): Promise<Buffer[]> {
    const bytes = await this.bytesOf(entry.name, this.messages.get(keyOf(entry.name)) as EntryMessage, false);
    const count = entry.shape.reduce((product, size) => product * size, 1);
    try {
      if (count > bytes.length) throw new TableFault('it breaks off');
      const cursor = new Cursor(bytes, 0, bytes.length);
      const lengths = Array.from({ length: count }, () => cursor.varint());
      cursor.take(4); // a checksum of the lengths
      return lengths.map((length) => cursor.take(length));
    } catch (error) {
      if (!(error instanceof TableFault)) throw error;
      throw new UserError(`The texts of ${entry.name} in ${this.prefix} are damaged: ${error.message}. Copy the checkpoint again.`, { cause: error });
    }
  }

  private async part(entry: CheckpointEntry, slice: Slice): Promise<Buffer> {
    const message = this.messages.get(sliceKey(entry.name, slice));
    if (message === undefined) throw new UserError(`The part ${JSON.stringify(slice)} of ${entry.name} is missing in ${this.prefix}. Copy the checkpoint again.`);
    return this.bytesOf(entry.name, message);
  }

  private async assembled(entry: CheckpointEntry): Promise<Buffer> {
    const size = bytesOfElement(entry.type) as number;
    const whole = Buffer.alloc(size * entry.shape.reduce((product, side) => product * side, 1));
    for (const slice of entry.slices) {
      const extents = slice.map(({ start, length }, axis) => ({ start, length: length < 0 ? entry.shape[axis] - start : length }));
      place(whole, await this.part(entry, slice), entry.shape, extents, size);
    }
    return whole;
  }

  private async bytesOf(name: string, message: EntryMessage, checked = true): Promise<Buffer> {
    const path = this.shardPath(message.shardId);
    const { file, size: there } = await openFile(path);
    try {
      const [offset, size] = [numberOf(message.offset), numberOf(message.size)];
      // Memory is taken only for what is there.
      if (!(offset >= 0 && size >= 0 && offset + size <= there)) throw new UserError(`${path} breaks off: ${name} should end at byte ${offset + size}, and ${there} are there. Copy the checkpoint again.`);
      const bytes = await readAt(file, offset, size, path);
      if (checked && masked(crc32c(bytes)) !== message.crc32c >>> 0) throw new UserError(`${name} in ${path} is damaged: its checksum does not hold. Copy the checkpoint again.`);
      return bytes;
    } finally {
      await file.close();
    }
  }

  private shardPath(shard: number): string {
    const number = (value: number) => String(value).padStart(5, '0');
    return `${this.prefix}.data-${number(shard)}-of-${number(this.shards)}`;
  }

  /** Data files that should be there and are not, or are too short for what the index says. */
  async missingShards(): Promise<string[]> {
    const wanted = new Map<number, number>();
    for (const { shardId, offset, size } of this.messages.values()) wanted.set(shardId, Math.max(wanted.get(shardId) ?? 0, numberOf(offset) + numberOf(size)));
    const there = await Promise.all([...wanted].map(async ([shard, end]) => ((await sizeOf(this.shardPath(shard))) >= end ? undefined : basename(this.shardPath(shard)))));
    return there.filter((name) => name !== undefined);
  }

  get folder(): string {
    return dirname(this.prefix);
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then((facts) => (facts.isFile() ? facts.size : -1), () => -1);
}

function header(bytes: Buffer | undefined): { numShards: number } {
  if (bytes === undefined) throw new TableFault('it has no header');
  const { numShards, endianness } = decodeMessage<{ numShards: number; endianness: number }>(messageType('BundleHeaderProto'), bytes);
  if (endianness !== 0) throw new TableFault('it was written on a machine that orders bytes the other way');
  if (numShards < 1 || numShards > 99_999) throw new TableFault('it names no data files');
  return { numShards };
}

/** Names are text, keys their bytes held as Latin-1. */
function keyOf(name: string): string {
  return Buffer.from(name, 'utf8').toString('latin1');
}

function entriesOf(messages: ReadonlyMap<string, EntryMessage>): CheckpointEntry[] {
  return [...messages].filter(([key]) => !key.startsWith('\0')).map(([key, message]) => entryOf(Buffer.from(key, 'latin1').toString('utf8'), message, messages));
}

function entryOf(name: string, message: EntryMessage, messages: ReadonlyMap<string, EntryMessage>): CheckpointEntry {
  const shape = (message.shape?.dim ?? []).map(({ size }) => numberOf(size));
  const slices = (message.slices ?? []).map(({ extent }) => (extent ?? []).map(({ start, length }) => ({ start: numberOf(start), length: length === undefined || length === null ? -1 : numberOf(length) })));
  const bytes = slices.length ? slices.reduce((sum, slice) => sum + numberOf(messages.get(sliceKey(name, slice))?.size ?? 0), 0) : numberOf(message.size);
  checkShape(name, message.dtype, shape, slices, bytes);
  return { name, type: message.dtype, shape, bytes, slices };
}

/** What a file claims must fit together before memory is taken for it. */
function checkShape(name: string, type: number, shape: readonly number[], slices: readonly Slice[], bytes: number): void {
  const count = shape.reduce((product, size) => product * size, 1);
  const size = bytesOfElement(type);
  const inBounds = (slice: Slice) => slice.length === shape.length
    && slice.every(({ start, length }, axis) => start >= 0 && start + Math.max(length, 0) <= shape[axis]);
  if (shape.length > MAX_RANK || shape.some((side) => side < 0 || !Number.isSafeInteger(side)) || !slices.every(inBounds)) throw new TableFault(`the shape of ${name} is impossible`);
  if (size !== undefined && count * size !== bytes) throw new TableFault(`the shape of ${name} does not fit its ${bytes} bytes`);
}

/** Copies a part to its place in the whole, row by row. */
function place(whole: Buffer, part: Buffer, shape: readonly number[], extents: Slice, size: number): void {
  const rank = shape.length;
  const row = rank === 0 ? size : extents[rank - 1].length * size;
  const rows = row === 0 ? 0 : part.length / row;
  for (let i = 0; i < rows; i++) {
    let rest = i;
    let at = rank === 0 ? 0 : extents[rank - 1].start;
    for (let axis = rank - 2, stride = shape[rank - 1]; axis >= 0; axis--) {
      at += (extents[axis].start + (rest % extents[axis].length)) * stride;
      rest = Math.floor(rest / extents[axis].length);
      stride *= shape[axis];
    }
    part.copy(whole, at * size, i * row, (i + 1) * row);
  }
}
