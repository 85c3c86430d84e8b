/**
 * The sorted table in which TensorFlow keeps the index of a checkpoint (tensorflow/core/lib/io/table_format.txt): blocks of keys that
 * share their beginnings, a block that lists the blocks, and a footer that says where it lies. Each block bears a checksum.
 */
import { crc32c, masked } from './crc32c.js';

/** Why bytes are no such table. */
export class TableFault extends Error {
  override name = 'TableFault';
}

const FOOTER = 48;
const MAGIC = 0xdb4775248b80fb57n;
/** Behind each block: how it is compressed, and its checksum. */
const TRAILER = 5;

/** Bytes of a key: names of tensors take some hundred. */
const MAX_KEY = 4096;
/** Bytes of memory that keys and entries may take together: a few bytes of a table can stand for a long key. */
const MEMORY = 128 * 2 ** 20;
/** Of an entry without its key, counted generously. */
const ENTRY = 200;
const UNSORTED = 'its keys are not in order';

/** All entries in the order of their keys. Keys are bytes, held as Latin-1. @throws TableFault */
export function readTable(bytes: Buffer): Map<string, Buffer> {
  if (bytes.length < FOOTER || bytes.readBigUInt64LE(bytes.length - 8) !== MAGIC) throw new TableFault('it does not end as such an index does');
  const footer = new Cursor(bytes, bytes.length - FOOTER, bytes.length - 8);
  readHandle(footer); // that of a block of remarks, which is empty
  const entries = new Map<string, Buffer>();
  const budget = { left: MEMORY };
  let [end, last] = [0, ''];
  for (const handle of blockEntries(block(bytes, readHandle(footer)), budget).values()) {
    const place = readHandle(new Cursor(handle, 0, handle.length));
    if (place.offset < end) throw new TableFault('its blocks overlap');
    end = place.offset + place.size + TRAILER;
    for (const [key, value] of blockEntries(block(bytes, place), budget)) {
      if (entries.size > 0 && key <= last) throw new TableFault(UNSORTED);
      entries.set(key, value);
      last = key;
    }
  }
  return entries;
}

interface Handle {
  offset: number;
  size: number;
}

function readHandle(cursor: Cursor): Handle {
  return { offset: cursor.varint(), size: cursor.varint() };
}

function block(bytes: Buffer, { offset, size }: Handle): Buffer {
  const end = offset + size;
  if (end + TRAILER > bytes.length - FOOTER) throw new TableFault('it breaks off in the middle');
  if (masked(crc32c(bytes.subarray(offset, end + 1))) !== bytes.readUInt32LE(end + 1)) throw new TableFault('a checksum does not hold: it was changed or damaged');
  if (bytes[end] !== 0) throw new TableFault('it is compressed, as TensorFlow does not write checkpoints');
  return bytes.subarray(offset, end);
}

function blockEntries(content: Buffer, budget: { left: number }): Map<string, Buffer> {
  const restarts = content.length < 4 ? -1 : content.readUInt32LE(content.length - 4);
  const end = content.length - 4 - 4 * restarts;
  if (restarts < 0 || end < 0) throw new TableFault('a block has no end');
  const entries = new Map<string, Buffer>();
  const cursor = new Cursor(content, 0, end);
  for (let key = ''; !cursor.done; ) {
    const [shared, own, length] = [cursor.varint(), cursor.varint(), cursor.varint()];
    if (shared > key.length) throw new TableFault('a key shares more than there is');
    if (shared + own > MAX_KEY) throw new TableFault(`a key is longer than ${MAX_KEY} bytes`);
    budget.left -= shared + own + ENTRY;
    if (budget.left < 0) throw new TableFault(`its entries would take more than ${MEMORY / 2 ** 20} MB of memory`);
    const before = key;
    key = before.slice(0, shared) + cursor.take(own).toString('latin1');
    if (entries.size > 0 && key <= before) throw new TableFault(UNSORTED);
    entries.set(key, cursor.take(length));
  }
  return entries;
}

/** Reads forwards within bounds. */
export class Cursor {
  constructor(private readonly bytes: Buffer, private at: number, private readonly end: number) {}

  get done(): boolean {
    return this.at >= this.end;
  }

  varint(): number {
    let value = 0;
    for (let place = 0, scale = 1; place < 10 && this.at < this.end; place++, scale *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new TableFault('a number in it does not end');
  }

  take(count: number): Buffer {
    if (this.at + count > this.end) throw new TableFault('it breaks off in the middle');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}
