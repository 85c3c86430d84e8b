/**
 * Pixels of awkward files. Expected values come from outside: the formula of the drawn picture, and Pillow with
 * LittleCMS for the shared set (python/fixtures-photos).
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodePhoto, type Pixels } from '../../../../src/main/core/photos/decode.js';
import { PhotoFault } from '../../../../src/main/core/photos/fault.js';
import { describeWithSamples, hasShared, sharedPath } from '../../../helpers/shared.js';

type Sample = [x: number, y: number, r: number, g: number, b: number];

interface Expected {
  width: number;
  height: number;
  samples: Sample[];
  tolerance?: number;
  depth?: 16;
  alpha?: true;
  gray?: true;
  frames?: true;
}

interface Refused {
  fate: string;
  reason: string;
}

const fixture = (path: string) => fileURLToPath(new URL(`../../../fixtures/photos/${path}`, import.meta.url));
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Greatest difference over all samples, in 8-bit steps. */
function worstDifference(pixels: Pixels, samples: Sample[]): number {
  const step = pixels.depth === 8 ? 1 : 257;
  const differences = samples.flatMap(([x, y, ...rgb]) =>
    rgb.map((value, c) => Math.abs(pixels.data[(y * pixels.width + x) * 3 + c] / step - value)),
  );
  return Math.max(...differences);
}

async function faultOf(photo: string | Uint8Array): Promise<Refused> {
  const outcome = await decodePhoto(photo).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(PhotoFault);
  const { fate, reason } = outcome as PhotoFault;
  return { fate, reason };
}

const drawn = readJson<Record<string, Expected | Refused>>(fixture('drawn/expected.json'));

describe('a drawn picture, stored in every way', () => {
  for (const [name, expected] of Object.entries(drawn)) {
    if ('fate' in expected) {
      it(`${name}: ${expected.reason}`, async () => {
        expect(await faultOf(fixture(`drawn/${name}`))).toEqual(expected);
      });
      continue;
    }
    it(`${name} looks as it was drawn`, async () => {
      const photo = await decodePhoto(fixture(`drawn/${name}`));
      expect([photo.width, photo.height, photo.depth]).toEqual([expected.width, expected.height, 8]);
      expect(photo.data.length).toBe(expected.width * expected.height * 3);
      expect(worstDifference(photo, expected.samples)).toBeLessThanOrEqual(expected.tolerance ?? 0);
      expect([photo.sourceDepth, photo.hadAlpha, photo.isGray, photo.severalFrames]).toEqual([
        expected.depth ?? 8,
        expected.alpha ?? false,
        expected.gray ?? false,
        expected.frames ?? false,
      ]);
    });
    it(`${name} looks the same with 16 bits`, async () => {
      const photo = await decodePhoto(fixture(`drawn/${name}`), { depth: 16 });
      expect(photo.data).toBeInstanceOf(Uint16Array);
      expect(worstDifference(photo, expected.samples)).toBeLessThanOrEqual((expected.tolerance ?? 0) + 0.5);
    });
  }
});

describe('options', () => {
  it('keeps the depth of the file when asked to', async () => {
    expect((await decodePhoto(fixture('drawn/sixteen.png'), { depth: 'source' })).depth).toBe(16);
    expect((await decodePhoto(fixture('drawn/plain.jpg'), { depth: 'source' })).depth).toBe(8);
  });

  it('reduces to a longest side, upright, and never enlarges', async () => {
    const small = await decodePhoto(fixture('drawn/orientation-6.jpg'), { maxSide: 32 });
    expect([small.width, small.height]).toEqual([32, 24]);
    const kept = await decodePhoto(fixture('drawn/plain.jpg'), { maxSide: 1000 });
    expect([kept.width, kept.height]).toEqual([64, 48]);
  });

  it('takes bytes as well as a path', async () => {
    const [bytes, path] = [await decodePhoto(readFileSync(fixture('drawn/plain.jpg'))), await decodePhoto(fixture('drawn/plain.jpg'))];
    expect(bytes).toEqual(path);
  });

  it('refuses more pixels than allowed before it decodes one', async () => {
    await expect(decodePhoto(fixture('drawn/plain.jpg'), { maxPixels: 3000 })).rejects.toMatchObject({ fate: 'too-large' });
  });

  it('says that a file is gone, and that a folder is none', async () => {
    await expect(decodePhoto(fixture('drawn/nothing.jpg'))).rejects.toMatchObject({
      fate: 'unreadable',
      reason: 'It is gone: moved or deleted meanwhile.',
    });
    await expect(decodePhoto(fixture('drawn'))).rejects.toMatchObject({ fate: 'folder' });
  });
});

describe('damage of every format', () => {
  const whole = ['plain.jpg', 'progressive.jpg', 'plain.tif', 'palette.png', 'sixteen.png', 'lossless.webp', 'best.avif'];
  it.each(whole)('%s cut anywhere is damaged or unknown, never a picture', async (name) => {
    const bytes = readFileSync(fixture(`drawn/${name}`));
    for (let share = 0.05; share < 0.86; share += 0.1) {
      const { fate } = await faultOf(bytes.subarray(0, Math.floor(bytes.length * share)));
      expect(['damaged', 'not-a-picture']).toContain(fate);
    }
  });
});

describeWithSamples('the shared set of awkward files', () => {
  const refused: Record<string, Refused> = {
    'made/.DS_Store': { fate: 'not-a-picture', reason: 'Not a picture: its content is of no known kind.' },
    'made/._baseline.jpg': { fate: 'not-a-picture', reason: 'Not a picture: its content is of no known kind.' },
    'made/Thumbs.db': { fate: 'not-a-picture', reason: 'Not a picture: its content is that of a .cfb file.' },
    'made/html_error_page.jpg': { fate: 'not-a-picture', reason: 'Not a picture: its content is a web page (HTML).' },
    'made/text_named_as_jpg.jpg': { fate: 'not-a-picture', reason: 'Not a picture: its content is text.' },
    'made/zero_bytes.jpg': { fate: 'damaged', reason: 'The file is empty (0 bytes).' },
    'made/truncated_half.jpg': { fate: 'damaged', reason: 'The picture is cut off: its data end early.' },
    'made/truncated_header_only.jpg': { fate: 'damaged', reason: 'The picture is cut off: its data end early.' },
    'made/corrupt_bytes_in_scan.jpg': {
      fate: 'damaged',
      reason: 'The picture is damaged: its data are corrupt or end early (Corrupt JPEG data: premature end of data segment).',
    },
    'made/photo.bmp': { fate: 'unsupported', reason: 'A picture of the kind BMP, which cannot be read here; save a copy as JPEG or PNG.' },
    'made/folder_named.jpg': { fate: 'folder', reason: 'A folder, not a file.' },
  };
  const expected = hasShared ? readJson<Record<string, Expected>>(fixture('awkward.json')) : {};
  const names = hasShared
    ? ['made', 'exif'].flatMap((folder) => readdirSync(sharedPath(`data/awkward/${folder}`)).map((name) => join(folder, name)))
    : [];

  it.each(names)('%s', async (name) => {
    const path = sharedPath(`data/awkward/${name}`);
    if (name in refused) {
      expect(await faultOf(path)).toEqual(refused[name]);
      return;
    }
    const photo = await decodePhoto(path);
    expect([photo.width, photo.height]).toEqual([expected[name].width, expected[name].height]);
    expect(worstDifference(photo, expected[name].samples)).toBeLessThanOrEqual(1);
  });

  it('covers every file of the set', () => {
    const files = names.filter((name) => statSync(sharedPath(`data/awkward/${name}`)).isFile());
    expect(files.filter((name) => !(name in refused) && !(name in expected))).toEqual([]);
  });
});
