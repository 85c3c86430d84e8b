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

/** All entries in the order of their keys. Keys are bytes, held as Latin-1. @throws TableFault */
export function readTable(bytes: Buffer): Map<string, Buffer> {
  if (bytes.length < FOOTER || bytes.readBigUInt64LE(bytes.length - 8) !== MAGIC) throw new TableFault('it does not end as such an index does');
  const footer = new Cursor(bytes, bytes.length - FOOTER, bytes.length - 8);
  readHandle(footer); // that of a block of remarks, which is empty
  const entries = new Map<string, Buffer>();
  for (const handle of blockEntries(block(bytes, readHandle(footer))).values()) {
    const place = readHandle(new Cursor(handle, 0, handle.length));
    for (const [key, value] of blockEntries(block(bytes, place))) entries.set(key, value);
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

function blockEntries(content: Buffer): Map<string, Buffer> {
  const restarts = content.length < 4 ? -1 : content.readUInt32LE(content.length - 4);
  const end = content.length - 4 - 4 * restarts;
  if (restarts < 0 || end < 0) throw new TableFault('a block has no end');
  const entries = new Map<string, Buffer>();
  const cursor = new Cursor(content, 0, end);
  for (let key = ''; !cursor.done; ) {
    const [shared, own, length] = [cursor.varint(), cursor.varint(), cursor.varint()];
    if (shared > key.length) throw new TableFault('a key shares more than there is');
    key = key.slice(0, shared) + cursor.take(own).toString('latin1');
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
