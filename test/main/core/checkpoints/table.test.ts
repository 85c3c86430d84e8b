import { describe, expect, it } from 'vitest';
import { crc32c, masked } from '../../../../src/main/core/checkpoints/crc32c.js';
import { readTable } from '../../../../src/main/core/checkpoints/table.js';

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** Content of a block: of each entry how many bytes of the key before it it shares, the rest of its key, its value. */
function content(entries: readonly (readonly [number, string, Buffer])[]): Buffer {
  const written = entries.map(([shared, own, value]) => Buffer.concat([Buffer.from([...varint(shared), ...varint(own.length), ...varint(value.length)]), Buffer.from(own, 'latin1'), value]));
  return Buffer.concat([...written, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])]);
}

function sealed(bytes: Buffer): Buffer {
  const whole = Buffer.concat([bytes, Buffer.alloc(5)]);
  whole.writeUInt32LE(masked(crc32c(whole.subarray(0, bytes.length + 1))), bytes.length + 1);
  return whole;
}

/** A table of data blocks, with checksums that hold; `places` says which block the index names, each as often as wished. */
function table(blocks: readonly Buffer[], places = blocks.map((_, i) => i)): Buffer {
  const starts = blocks.map((_, i) => blocks.slice(0, i).reduce((sum, block) => sum + block.length + 5, 0));
  const handle = (offset: number, size: number) => Buffer.from([...varint(offset), ...varint(size)]);
  const index = content(places.map((block, i) => [0, String.fromCharCode(98 + i), handle(starts[block], blocks[block].length)]));
  const data = Buffer.concat(blocks.map(sealed));
  const footer = Buffer.alloc(48);
  Buffer.concat([handle(0, 0), handle(data.length, index.length)]).copy(footer);
  footer.writeBigUInt64LE(0xdb4775248b80fb57n, 40);
  return Buffer.concat([data, sealed(index), footer]);
}

const nothing = Buffer.alloc(0);

/** Entries whose keys share 4000 bytes and differ in the four behind them. */
function endings(count: number): [number, string, Buffer][] {
  return Array.from({ length: count }, (_, i) => {
    const own = Buffer.alloc(4);
    own.writeUInt32BE(i);
    return [4000, own.toString('latin1'), nothing];
  });
}

describe('a table', () => {
  it('gives its entries in order', () => {
    const bytes = table([content([[0, 'aa', Buffer.from('1')], [1, 'b', Buffer.from('2')]]), content([[0, 'b', Buffer.from('3')]])]);
    expect([...readTable(bytes)].map(([key, value]) => `${key}=${value.toString()}`)).toEqual(['aa=1', 'ab=2', 'b=3']);
  });

  it.each([
    ['that names a block again', table([content([[0, 'a', nothing]])], [0, 0]), /overlap/],
    ['whose keys go back', table([content([[0, 'b', nothing], [0, 'a', nothing]])]), /not in order/],
    ['whose keys go back from block to block', table([content([[0, 'b', nothing]]), content([[0, 'a', nothing]])]), /not in order/],
    ['with a key of megabytes', table([content([[0, 'k'.repeat(2 ** 20), nothing]])]), /longer than 4096/],
    ['of two MB that stands for a GB of keys', table([content([[0, 'k'.repeat(4000), nothing], ...endings(250_000)])]), /memory/],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readTable(bytes)).toThrow(message);
  });
});
