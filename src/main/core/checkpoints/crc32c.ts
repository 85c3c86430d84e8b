/** CRC-32C (Castagnoli), the checksum of TensorFlow's checkpoints, tables and event files. Eight bytes at a time, some hundred MB a second. */

/** The polynomial, bits reversed. */
const POLYNOMIAL = 0x82f63b78;

/** Table k holds the checksum of a byte that k zero bytes follow. */
const TABLES: readonly Int32Array[] = makeTables();

function makeTables(): Int32Array[] {
  const tables = [Int32Array.from({ length: 256 }, (_, byte) => ofByte(byte))];
  for (let k = 1; k < 8; k++) {
    const before = tables[k - 1];
    tables.push(before.map((crc) => tables[0][crc & 0xff] ^ (crc >>> 8)));
  }
  return tables;
}

function ofByte(byte: number): number {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
}

/** @param before The checksum of what came before, where data comes in pieces. @returns an unsigned number */
export function crc32c(data: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  let crc = ~before;
  let i = 0;
  for (const end = data.length - 7; i < end; i += 8) {
    crc ^= data[i] | (data[i + 1] << 8) | (data[i + 2] << 16) | (data[i + 3] << 24);
    crc = t7[crc & 255] ^ t6[(crc >>> 8) & 255] ^ t5[(crc >>> 16) & 255] ^ t4[crc >>> 24]
      ^ t3[data[i + 4]] ^ t2[data[i + 5]] ^ t1[data[i + 6]] ^ t0[data[i + 7]];
  }
  for (; i < data.length; i++) crc = t0[(crc ^ data[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Turned and shifted as TensorFlow stores it, so that a checksum of data with checksums is no fixed point. */
export function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
