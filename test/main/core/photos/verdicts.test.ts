/**
 * libvips has one buffer of complaints a process: of pictures decoded at the same time, each must be judged by its own.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodePhoto } from '../../../../src/main/core/photos/decode.js';
import { PhotoFault } from '../../../../src/main/core/photos/fault.js';
import { PhotoStore } from '../../../../src/main/core/training/photo-store.js';
import { hasShared, sharedPath } from '../../../helpers/shared.js';
import { picture, scene } from './pictures.js';

const SIDE = 160;
const ROUNDS = 30;

/** Files by name, and what each is whether it comes alone or with others. */
const files = new Map<string, { bytes: Uint8Array; verdict: RegExp }>();

beforeAll(async () => {
  const whole = await picture(SIDE, SIDE, scene(1)).jpeg({ quality: 90 }).toBuffer();
  files.set('whole', { bytes: whole, verdict: /^used$/ });
  files.set('padded', { bytes: withStrayBytes(whole), verdict: /^used$/ });
  files.set('corrupt', { bytes: withBrokenScan(whole), verdict: /^damaged: .*(Huffman|Corrupt JPEG)/i });
  files.set('cut off', { bytes: whole.subarray(0, whole.length / 2), verdict: /^damaged: The picture is cut off/ });
  files.set('hierarchical', { bytes: withFrame(whole, 0xc5), verdict: /^unsupported: / });
  const png = await picture(SIDE, SIDE, scene(2)).png().toBuffer();
  files.set('broken png', { bytes: png.subarray(0, png.length / 2), verdict: /^damaged: / });
  if (hasShared) {
    files.set('shared corrupt', { bytes: readFileSync(sharedPath('data/awkward/made/corrupt_bytes_in_scan.jpg')), verdict: /^damaged: / });
  }
});

/** Bytes between the end of the scan and the last marker: every viewer shows the picture all the same. */
function withStrayBytes(jpeg: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(7, 0x11), jpeg.subarray(-2)]);
}

/** Ones where no code of the Huffman tables begins with so many. */
function withBrokenScan(jpeg: Buffer): Buffer {
  const broken = Buffer.from(jpeg);
  for (let k = 0; k < 12; k += 2) broken.writeUInt16BE(0xff00, Math.floor(jpeg.length * 0.6) + k);
  return broken;
}

/** The same data under the marker of another process of ITU-T T.81. */
function withFrame(jpeg: Buffer, marker: number): Buffer {
  const other = Buffer.from(jpeg);
  other[jpeg.indexOf(Buffer.of(0xff, 0xc0)) + 1] = marker;
  return other;
}

async function verdictOn(decoding: Promise<unknown>): Promise<string> {
  try {
    await decoding;
    return 'used';
  } catch (error) {
    if (error instanceof PhotoFault) return `${error.fate}: ${error.reason}`;
    throw error;
  }
}

it('are the same for pictures decoded together as for each alone', async () => {
  const alone = new Map<string, string>();
  for (const [name, { bytes, verdict }] of files) {
    alone.set(name, await verdictOn(decodePhoto(bytes)));
    expect([name, alone.get(name)]).toEqual([name, expect.stringMatching(verdict)]);
  }
  const mixed = Array.from({ length: ROUNDS }, () => [...files]).flat();
  const together = await Promise.all(mixed.map(async ([name, { bytes }]) => [name, await verdictOn(decodePhoto(bytes))]));
  const wrong = together.filter(([name, verdict]) => verdict !== alone.get(name));
  expect(wrong).toEqual([]);
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'chromabench-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('are the same while photographs are reduced for training', async () => {
  const mixed = Array.from({ length: ROUNDS }, (_, round) => [...files].map(([name, file]) => ({ ...file, path: `${round} ${name}` }))).flat();
  for (const { path, bytes } of mixed) writeFileSync(join(folder, path), bytes);
  const store = new PhotoStore(folder, mixed.map(({ path, bytes }) => ({ path, contentId: sha256(bytes), seen: { width: 61, height: 60 } })), 2 ** 30);
  const verdicts = await Promise.all(mixed.map((_, k) => verdictOn(store.get(k))));
  const wrong = mixed.flatMap(({ path, verdict }, k) => (verdict.test(verdicts[k]) ? [] : [[path, verdicts[k]]]));
  expect(wrong).toEqual([]);
});
