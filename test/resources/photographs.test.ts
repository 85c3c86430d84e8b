import { readFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const FOLDER = fileURLToPath(new URL('../../resources/photographs', import.meta.url));
const SIDE = 256;
const MAX_BYTES = 3_000_000;
// Below this mean chroma (Lab units) a photograph has next to no colour to learn from.
const MIN_MEAN_CHROMA = 6;
const FREE_LICENCES: Record<string, string> = {
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'CC-BY-2.0': 'https://creativecommons.org/licenses/by/2.0/',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
};

const Crop = z.strictObject({ left: z.int().min(0), top: z.int().min(0), width: z.int(), height: z.int() });
const View = z.strictObject({ yaw: z.number(), pitch: z.number(), fieldOfView: z.number() });
const Credit = z.strictObject({
  file: z.string().regex(/^(training|held-out)\/[a-z-]+-\d\d\.jpg$/),
  source: z.url(),
  title: z.string().min(1),
  author: z.string().min(1),
  copyright: z.string().optional(),
  note: z.string().optional(),
  licence: z.enum(Object.keys(FREE_LICENCES)),
  licenceUrl: z.url(),
  licenceStatedIn: z.string().min(1),
  package: z.string().min(1),
  packageVersion: z.string().min(1),
  registry: z.string().min(1),
  originalFile: z.string().min(1),
  crop: Crop.optional(),
  view: View.optional(),
  changes: z.string().min(1),
});
const Credits = z.strictObject({ version: z.literal(1), photographs: z.array(Credit) });

const { photographs } = Credits.parse(JSON.parse(readFileSync(join(FOLDER, 'credits.json'), 'utf8')));
const files = ['held-out', 'training']
  .flatMap((split) => readdirSync(join(FOLDER, split)).map((name) => `${split}/${name}`))
  .sort();

/** Mean of sqrt(a² + b²) over the pixels, by libvips' own Lab, independent of this project's colour code. */
async function meanChroma(path: string): Promise<number> {
  const bytes = await sharp(path).toColourspace('lab').raw({ depth: 'float' }).toBuffer();
  const lab = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4); // [pixels, 3]
  let sum = 0;
  for (let i = 0; i < lab.length; i += 3) sum += Math.hypot(lab[i + 1] ?? NaN, lab[i + 2] ?? NaN);
  return sum / (lab.length / 3);
}

describe('credits of the built-in photographs', () => {
  it('name every file, and no file that is absent', () => {
    expect(photographs.map((credit) => credit.file).sort()).toEqual(files);
  });

  it('are readable: CREDITS.md names every file with its author and licence', () => {
    const sections = readFileSync(join(FOLDER, 'CREDITS.md'), 'utf8').split('\n## ');
    for (const { file, author, licenceUrl, source } of photographs) {
      const section = sections.find((text) => text.includes(`| ${file} |`));
      expect(section, file).toBeDefined();
      for (const fact of [author, licenceUrl, source]) expect(section, file).toContain(fact);
    }
  });

  it.each(photographs)('$file: a free licence with its address, and one cut that was not scaled up', (credit) => {
    expect(credit.licenceUrl).toBe(FREE_LICENCES[credit.licence]);
    expect([credit.crop, credit.view].filter(Boolean)).toHaveLength(1);
    if (credit.crop) {
      expect(credit.crop.width).toBe(credit.crop.height);
      expect(credit.crop.width).toBeGreaterThanOrEqual(SIDE);
    }
  });
});

describe('the built-in photographs', () => {
  it('are about 60, four fifths of them for training, in less than 3 MB', () => {
    const training = files.filter((file) => file.startsWith('training/'));
    expect(files.length).toBeGreaterThanOrEqual(55);
    expect(training.length / files.length).toBeCloseTo(0.8, 1);
    const bytes = files.reduce((sum, file) => sum + statSync(join(FOLDER, file)).size, 0);
    expect(bytes).toBeLessThan(MAX_BYTES);
  });

  it('share no source picture between training and held-out', () => {
    const originals = (split: string): string[] =>
      photographs.filter(({ file }) => file.startsWith(split)).map((credit) => credit.originalFile);
    const training = new Set(originals('training/'));
    expect(originals('held-out/').filter((original) => training.has(original))).toEqual([]);
  });

  it.each(files)('%s is a colourful sRGB JPEG of 256 x 256 without metadata', async (file) => {
    const path = join(FOLDER, file);
    const metadata = await sharp(path).metadata();
    expect(metadata).toMatchObject({
      format: 'jpeg', width: SIDE, height: SIDE, channels: 3, space: 'srgb', chromaSubsampling: '4:4:4', hasProfile: false,
    });
    expect([metadata.exif, metadata.xmp, metadata.iptc]).toEqual([undefined, undefined, undefined]);
    expect(await meanChroma(path)).toBeGreaterThan(MIN_MEAN_CHROMA);
  });
});
