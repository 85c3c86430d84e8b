import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fractionOf, keptExif } from '../../../../src/main/core/colorizing/exif.js';
import { encodePicture, PICTURE_ENDINGS, readKeptMetadata, type PictureFormat } from '../../../../src/main/core/colorizing/picture-file.js';
import { correctedXmp } from '../../../../src/main/core/colorizing/xmp.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { decodePhoto, type EightBitPixels, type SixteenBitPixels } from '../../../../src/main/core/photos/decode.js';

const scan = readFileSync(new URL('../../../fixtures/colorizing/scan.jpg', import.meta.url));
const FORMATS = Object.keys(PICTURE_ENDINGS) as PictureFormat[];
const folder = mkdtempSync(join(tmpdir(), 'chromabench-'));
afterAll(() => rmSync(folder, { recursive: true }));

function colours(width = 64, height = 48): EightBitPixels {
  const data = new Uint8Array(width * height * 3).map((_, i) => (i * 7919) % 256);
  return { width, height, channels: 3, depth: 8, data };
}

describe('metadata of a photograph', () => {
  it('is kept where it tells of camera, date, exposure, author and place', async () => {
    const { exif, density } = await readKeptMetadata(scan);
    expect(exif.IFD0).toEqual({ Make: 'Contax', Model: 'II', DateTime: '2019:07:06 05:04:03', Artist: 'Zoë' });
    expect(exif.IFD2).toEqual({
      DateTimeOriginal: '1938:12:24 18:30:00', ExposureTime: '1/125', FNumber: '28/5', ISOSpeedRatings: '40',
      ExposureBiasValue: '-2/3', LensModel: 'Sonnar 5 cm <"f/2">',
    });
    expect(exif.IFD3).toEqual({ GPSLatitudeRef: 'N', GPSLatitude: '54/1 19/1 123/10' });
    expect(density).toBe(300);
  });

  it('loses from XMP the orientation and the old preview only', async () => {
    const { xmp } = await readKeptMetadata(scan);
    expect(xmp).toContain('tiff:Orientation="1"');
    expect(xmp).toContain('harbour');
    expect(xmp).not.toContain('preview');
  });

  it('of a packet made of nothing but beginnings is read once', () => {
    const packet = '<xmp:Thumbnails>'.repeat(400_000);
    expect(correctedXmp(packet)).toBe(packet);
    expect(correctedXmp('a<xap:Thumbnails>b</xap:Thumbnails>c<xmp:Thumbnails>d</xmp:Thumbnails>e')).toBe('ace');
  });

  it('is nothing for a block that names the same bytes over and over: reading it would take gigabytes', () => {
    const block = Buffer.alloc(65_000);
    block.write('Exif\0\0II*\0', 'latin1');
    const [entries, tiff] = [5_000, block.subarray(6)];
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(entries, 8);
    for (let k = 0, at = 10; k < entries; k++, at += 12) {
      // Tag, type (bytes), how many of them, where.
      tiff.writeUInt16LE(k + 1, at);
      tiff.writeUInt16LE(1, at + 2);
      tiff.writeUInt32LE(60_000, at + 4);
      tiff.writeUInt32LE(8, at + 8);
    }
    const before = process.memoryUsage.rss();
    expect(keptExif(block)).toEqual({});
    expect(process.memoryUsage.rss() - before).toBeLessThan(200e6);
  });

  it('is nothing for a picture without any, or with a broken block', async () => {
    const plain = await sharp(colours().data, { raw: { width: 64, height: 48, channels: 3 } }).png().toBuffer();
    expect((await readKeptMetadata(plain)).exif).toEqual({});
    const broken = Buffer.from(scan);
    broken.fill(0xff, broken.indexOf('Exif') + 6, broken.indexOf('Exif') + 300);
    expect((await readKeptMetadata(broken)).exif).toEqual({});
  });
});

describe.each(FORMATS)('a %s file', (format) => {
  const written = async () => encodePicture(colours(), format, await readKeptMetadata(scan));

  it('is sRGB with its profile and says that it is upright', async () => {
    const metadata = await sharp(await written()).metadata();
    expect(metadata.format).toBe(format);
    expect([metadata.width, metadata.height]).toEqual([64, 48]);
    expect(metadata.icc?.includes('sRGB') || metadata.icc?.includes('s\0R\0G\0B')).toBe(true);
    expect(metadata.orientation ?? 1).toBe(1);
    expect(metadata.xmp?.toString()).toContain('harbour');
  });

  it('tells camera and date even where the photograph had no XMP', async () => {
    const { exif } = await readKeptMetadata(scan);
    const metadata = await sharp(await encodePicture(colours(), format, { exif })).metadata();
    const told = `${metadata.exif?.toString('latin1') ?? ''}${metadata.xmp?.toString() ?? ''}`;
    expect(told).toContain('Contax');
    expect(told).toMatch(/1938[:-]12[:-]24[ T]18:30:00/);
    expect(told).not.toContain('secret offsets');
  });

  it('has the pixels it was given', async () => {
    const back = await decodePhoto(await written());
    if (format === 'png' || format === 'tiff') expect(Buffer.from(back.data)).toEqual(Buffer.from(colours().data));
    const even = await decodePhoto(await encodePicture({ ...colours(), data: new Uint8Array(64 * 48 * 3).map((_, i) => [200, 60, 30][i % 3]) }, format, { exif: {} }));
    [200, 60, 30].forEach((v, c) => expect(Math.abs(even.data[c] - v)).toBeLessThanOrEqual(2));
  });

  it('keeps 16 bits if it can', async () => {
    const data = new Uint16Array(64 * 48 * 3).map((_, i) => 20_000 + 13 * i % 9000);
    const deep: SixteenBitPixels = { width: 64, height: 48, channels: 3, depth: 16, data };
    const file = await encodePicture(deep, format, { exif: {} });
    expect((await sharp(file).metadata()).depth).toBe(format === 'png' || format === 'tiff' ? 'ushort' : 'uchar');
    const back = await sharp(file, { ignoreIcc: true }).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
    const words = new Uint16Array(back.buffer, back.byteOffset, back.length / 2);
    if (format === 'png' || format === 'tiff') expect(words).toEqual(data);
  });
});

it('JPEG keeps colour at full resolution', async () => {
  const file = await encodePicture(colours(), 'jpeg', { exif: {} });
  expect((await sharp(file).metadata()).chromaSubsampling).toBe('4:4:4');
});

describe('fractions of EXIF', () => {
  it.each([[0.008, 1, 125], [5.6, 28, 5], [0, 0, 1], [-2 / 3, -2, 3], [35, 35, 1], [1 / 8000, 1, 8000], [12.3, 123, 10]])('%d is %i/%i', (value, n, d) => {
    expect(fractionOf(value)).toEqual([n, d]);
  });

  it.each([Math.PI, 1e-9, 123456.789])('%d is near', (value) => {
    const [n, d] = fractionOf(value);
    expect(Math.abs(n / d - value)).toBeLessThan(1e-8 * Math.max(1, value));
    expect(Math.max(n, d)).toBeLessThan(2 ** 31);
  });
});

const python = process.env.CHROMABENCH_PYTHON;

describe.skipIf(!python)('an independent reader', () => {
  const READ = `
import json, sys
from PIL import Image
facts = {}
for path in sys.argv[1:]:
    im = Image.open(path); e = im.getexif(); x = e.get_ifd(0x8769)
    facts[path.split('.')[-1]] = [e.get(271), e.get(306), e.get(274), x.get(36867), float(x.get(33434) or 0), x.get(40961), e.get_ifd(1) == {}, round(im.info.get('dpi', (0,))[0])]
print(json.dumps(facts))`;

  it('finds camera, dates, exposure and resolution, sRGB, no orientation, no thumbnail', async () => {
    const paths: string[] = [];
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      paths.push(join(folder, `copy.${format}`));
      writeFileSync(paths.at(-1)!, await encodePicture(colours(), format, await readKeptMetadata(scan)));
    }
    const facts = JSON.parse(execFileSync(python!, ['-c', READ, ...paths], { encoding: 'utf8' }));
    const expected = ['Contax', '2019:07:06 05:04:03', 1, '1938:12:24 18:30:00', 0.008, 1, true];
    for (const format of ['jpeg', 'png', 'webp']) expect(facts[format].slice(0, 7)).toEqual(expected);
    expect([facts.jpeg[7], facts.png[7]]).toEqual([300, 300]);
  });
});
