import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colorizeFolder, type ColorizeOptions, type ColorizeReport } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { RECORD_NAME } from '../../../../src/main/core/colorizing/output-record.js';
import { quietContext, type JobContext, type Progress } from '../../../../src/main/core/job.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { decodePhoto } from '../../../../src/main/core/photos/decode.js';
import { labPlanes } from '../../../../src/shared/colour/lab.js';
import { describeWithSamples, sharedPath } from '../../../helpers/shared.js';
import { rulePredictor } from './predictors.js';

const predictor = rulePredictor((L) => [L / 5, 30 - L / 3]);
const model = { id: 'a run, step 500', predictor };

let root: string;
let out: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chromabench-'));
  out = join(root, 'out');
  mkdirSync(join(root, 'in/sub'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function photograph(place: string, { width = 80, height = 60, level = 120 } = {}): Promise<string> {
  const path = join(root, place);
  const gray = new Uint8Array(width * height * 3).map((_, i) => level + (Math.floor(i / 3) % width) / 2);
  const picture = sharp(gray, { raw: { width, height, channels: 3 } });
  await (place.endsWith('png') ? picture.png() : picture.jpeg()).toFile(path);
  return path;
}

function colorize(options: Partial<ColorizeOptions> = {}, context: JobContext = quietContext()): Promise<ColorizeReport> {
  const inputs = options.inputs ?? [join(root, 'in')];
  return colorizeFolder({ out, temperature: 1, format: 'png', overwrite: false, ...options, inputs }, model, context);
}

const counts = ({ done, skipped, failed, ignored }: ColorizeReport) => [done, skipped, failed.length, ignored.length];
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== RECORD_NAME)
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();

describe('a folder', () => {
  it('is colorized with its tree', async () => {
    for (const place of ['in/a.jpg', 'in/sub/b.png', 'in/sub/c.jpg']) await photograph(place);
    const report = await colorize();
    expect(counts(report)).toEqual([3, 0, 0, 0]);
    expect(filesIn(out)).toEqual(['a.png', 'sub/b.png', 'sub/c.png']);
    expect(report.files.map(({ output }) => output).sort()).toEqual(filesIn(out).map((name) => join(out, name)));
    const { data, width, height } = await decodePhoto(join(out, 'a.png'));
    expect([width, height]).toEqual([80, 60]);
    // At its light side: so even a picture is shown to the network with its lightness spread.
    expect(labPlanes(data).a[79]).toBeGreaterThan(5);
  });

  it('is skipped where it was done the same way, and grows', async () => {
    await photograph('in/a.jpg');
    await colorize();
    const before = statSync(join(out, 'a.png'));
    await photograph('in/new.jpg');
    const report = await colorize();
    expect(counts(report)).toEqual([1, 1, 0, 0]);
    expect(report.files).toHaveLength(2);
    expect(statSync(join(out, 'a.png')).mtimeMs).toBe(before.mtimeMs);
  });

  it.each([
    ['at another temperature', { temperature: 0.38 }],
    ['by another model', { model: { ...model, id: 'another run' } }],
  ])('is not silently taken for done %s', async (_, change) => {
    await photograph('in/a.jpg');
    await colorize();
    const before = readFileSync(join(out, 'a.png'));
    const options = { inputs: [join(root, 'in')], out, temperature: 1, format: 'png', overwrite: false, ...change } as const;
    const report = await colorizeFolder(options, 'model' in change ? change.model : model, quietContext());
    expect(counts(report)).toEqual([0, 0, 1, 0]);
    expect(report.failed[0].reason).toMatch(/is there already and was not made by this job.*Allow overwriting/);
    expect(readFileSync(join(out, 'a.png'))).toEqual(before);
    const overwritten = await colorizeFolder({ ...options, overwrite: true }, 'model' in change ? change.model : model, quietContext());
    expect(counts(overwritten)).toEqual([1, 0, 0, 0]);
  });

  it('is done again where a photograph has changed, but only if allowed', async () => {
    await photograph('in/a.jpg');
    await colorize();
    await photograph('in/a.jpg', { level: 60 });
    expect(counts(await colorize())).toEqual([0, 0, 1, 0]);
    expect(counts(await colorize({ overwrite: true }))).toEqual([1, 0, 0, 0]);
  });

  it('never writes over a file that somebody else put there', async () => {
    await photograph('in/a.jpg');
    mkdirSync(out);
    writeFileSync(join(out, 'a.png'), 'mine');
    expect(counts(await colorize())).toEqual([0, 0, 1, 0]);
    expect(readFileSync(join(out, 'a.png'), 'utf8')).toBe('mine');
  });

  it('lists what fails, in plain words, and goes on', async () => {
    await photograph('in/a.jpg');
    writeFileSync(join(root, 'in/b.jpg'), '');
    writeFileSync(join(root, 'in/c.jpg'), 'only text');
    writeFileSync(join(root, 'in/notes.txt'), 'only text');
    writeFileSync(join(root, 'in/d.jpg'), readFileSync(join(root, 'in/a.jpg')).subarray(0, -80));
    const report = await colorize();
    expect(counts(report)).toEqual([1, 0, 3, 1]);
    expect(Object.fromEntries(report.failed.map(({ path, reason }) => [path.slice(-5), reason]))).toEqual({
      'b.jpg': 'The file is empty (0 bytes).',
      'c.jpg': expect.stringContaining('Not a picture'),
      'd.jpg': expect.stringMatching(/cut off|damaged/),
    });
    expect(filesIn(out)).toEqual(['a.png']);
  });

  it('gives photographs of one name two pictures', async () => {
    await photograph('in/a.jpg', { level: 60 });
    await photograph('in/a.png');
    await colorize();
    expect(filesIn(out)).toEqual(['a (png).png', 'a.png']);
    expect(counts(await colorize())).toEqual([0, 2, 0, 0]);
  });

  it('does not eat its own results, wherever they lie', async () => {
    await photograph('in/a.jpg');
    const inside = join(root, 'in/colorized');
    expect(counts(await colorize({ out: inside }))).toEqual([1, 0, 0, 0]);
    expect(counts(await colorize({ out: inside }))).toEqual([0, 1, 0, 1]);
    expect(counts(await colorize({ out: join(root, 'in/again') }))).toEqual([1, 0, 0, 1]);
    expect(counts(await colorize({ out: join(root, 'in'), format: 'webp' }))).toEqual([1, 0, 0, 2]);
    expect(counts(await colorize({ out: join(root, 'in'), format: 'webp' }))).toEqual([0, 1, 0, 3]);
  });

  it('never loses a photograph, even when told to overwrite', async () => {
    const path = await photograph('in/a.png');
    const original = readFileSync(path);
    const inPlace = await colorize({ out: join(root, 'in'), overwrite: true });
    expect(counts(inPlace)).toEqual([0, 0, 1, 0]);
    expect(inPlace.failed[0].reason).toContain('photographs are never overwritten');
    mkdirSync(out);
    symlinkSync(path, join(out, 'a.png'));
    expect(counts(await colorize({ overwrite: true }))).toEqual([0, 0, 1, 0]);
    rmSync(join(out, 'a.png'));
    linkSync(path, join(out, 'a.png'));
    expect(counts(await colorize({ overwrite: true }))).toEqual([0, 0, 1, 0]);
    expect(readFileSync(path)).toEqual(original);
  });

  it.each([[false, 'is there already'], [true, 'photographs are never overwritten']])('keeps what comes to a name after it was found free (overwriting allowed: %s)', async (overwrite, reason) => {
    const paths = await Promise.all([0, 1, 2].map((k) => photograph(`in/${k}.jpg`)));
    const originals = paths.map((path) => readFileSync(path));
    const late = join(out, '2.png');
    // The first answer of the network comes after all three pictures are prepared.
    const decode: typeof predictor.decode = (...args) => {
      if (!existsSync(late)) linkSync(paths[0], late);
      return predictor.decode(...args);
    };
    const report = await colorizeFolder({ inputs: [join(root, 'in')], out, temperature: 1, format: 'png', overwrite }, { ...model, predictor: { ...predictor, decode } }, quietContext());
    expect(counts(report)).toEqual([2, 0, 1, 0]);
    expect(report.failed[0].reason).toContain(reason);
    expect(readFileSync(late)).toEqual(originals[0]);
    expect(readFileSync(paths[0])).toEqual(originals[0]);
  });

  it('colorizes a photograph that came in the place of a result', async () => {
    await photograph('in/a.jpg');
    await colorize();
    await expect(colorize({ inputs: [out], out: join(root, 'next') })).rejects.toThrow(/nothing to colorize/);
    await photograph('out/a.png', { width: 90 });
    expect(counts(await colorize({ inputs: [out], out: join(root, 'next') }))).toEqual([1, 0, 0, 0]);
  });

  it('says so where the record of earlier results cannot be read', async () => {
    await photograph('in/a.jpg');
    mkdirSync(join(out, RECORD_NAME), { recursive: true });
    await expect(colorize()).rejects.toThrow(/tells what was colorized before, cannot be read \(EISDIR\)/);
  });

  it('writes nothing outside, whatever a record that came with the folder says', async () => {
    const input = await photograph('in/a.jpg');
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, RECORD_NAME), ['../outside.png', join(root, 'outside.png')].map((output) => `${JSON.stringify({ output, input, recipe: '', bytes: 1 })}\n`).join(''));
    expect(counts(await colorize())).toEqual([1, 0, 0, 0]);
    expect(filesIn(root).filter((name) => name.endsWith('.png'))).toEqual(['out/a.png']);
  });

  it('goes on after a kill between a record and its picture', async () => {
    await photograph('in/a.jpg');
    await colorize();
    rmSync(join(out, 'a.png'));
    writeFileSync(join(out, RECORD_NAME), readFileSync(join(out, RECORD_NAME), 'utf8') + '{"output":"b.p');
    expect(counts(await colorize())).toEqual([1, 0, 0, 0]);
    expect(counts(await colorize())).toEqual([0, 1, 0, 0]);
  });
});

describe('several inputs', () => {
  it('keep their trees apart, and a file given twice is colorized once', async () => {
    const a = await photograph('in/a.jpg');
    mkdirSync(join(root, 'other'));
    await photograph('other/a.jpg', { level: 50 });
    const report = await colorize({ inputs: [join(root, 'in'), join(root, 'other'), a] });
    expect(counts(report)).toEqual([2, 0, 0, 0]);
    expect(filesIn(out)).toEqual(['in/a.png', 'other/a.png']);
  });

  it('may be missing', async () => {
    const a = await photograph('in/a.jpg');
    const report = await colorize({ inputs: [a, join(root, 'gone.jpg')] });
    expect(counts(report)).toEqual([1, 0, 1, 0]);
    expect(report.failed[0]).toEqual({ path: join(root, 'gone.jpg'), reason: expect.stringContaining('gone') });
  });

  it('must hold something', async () => {
    await expect(colorize()).rejects.toThrow(/nothing to colorize/);
  });
});

describe('a job', () => {
  it('tells how far it is', async () => {
    for (const name of 'abcde') await photograph(`in/${name}.jpg`);
    const told: Progress[] = [];
    const pictures: unknown[] = [];
    const context = quietContext();
    await colorize({}, { ...context, progress: { ...context.progress, progress: (p) => told.push(p), emit: (_, data) => pictures.push(data) } });
    expect(told.at(-1)).toMatchObject({ phase: 'Colorizing', done: 5, total: 5, unit: 'photographs' });
    expect(told.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5]);
    expect(pictures).toHaveLength(5);
  });

  it('stops when told, leaves nothing partial and goes on later', async () => {
    for (let k = 0; k < 30; k++) await photograph(`in/${k}.jpg`);
    const controller = new AbortController();
    const context = quietContext(controller.signal);
    const stopped = colorize({}, { ...context, progress: { ...context.progress, progress: ({ done }) => done >= 5 && controller.abort() } });
    await expect(stopped).rejects.toThrow(/abort/i);
    const written = filesIn(out);
    expect(written.length).toBeLessThan(30);
    for (const name of written) await decodePhoto(join(out, name));
    const report = await colorize();
    expect(counts(report)).toEqual([30 - written.length, written.length, 0, 0]);
  });

  it('shows photographs of one size to the network together', async () => {
    for (let k = 0; k < 6; k++) await photograph(`in/${k}.jpg`);
    predictor.calls.length = 0;
    await colorize();
    expect(Math.max(...predictor.calls.map(({ count }) => count))).toBeGreaterThan(1);
  });

  it('ends with a sentence where results cannot be put', async () => {
    await photograph('in/a.jpg');
    writeFileSync(out, 'a file');
    await expect(colorize()).rejects.toThrow(/out/);
  });
});

describe('metadata', () => {
  it('goes with the picture, which stands upright', async () => {
    copyFileSync(new URL('../../../fixtures/colorizing/scan.jpg', import.meta.url), join(root, 'in/scan.jpg'));
    await colorize({ format: 'jpeg' });
    const metadata = await sharp(join(out, 'scan.jpg')).metadata();
    expect([metadata.width, metadata.height, metadata.orientation, metadata.density]).toEqual([64, 96, 1, 300]);
    expect(metadata.exif?.toString('latin1')).toContain('Contax');
    const { data } = await decodePhoto(join(out, 'scan.jpg'));
    expect(data[0]).toBeLessThan(60);
  });

  it('16 bits stay 16 bits', async () => {
    const words = new Uint16Array(60 * 50 * 3).map((_, i) => 30_000 + Math.floor(i / 3) % 60);
    await sharp(words, { raw: { width: 60, height: 50, channels: 3 } }).toColourspace('rgb16').png().toFile(join(root, 'in/deep.png'));
    await colorize();
    expect((await sharp(join(out, 'deep.png')).metadata()).depth).toBe('ushort');
    await colorize({ format: 'jpeg' });
    expect(existsSync(join(out, 'deep.jpg'))).toBe(true);
  });
});

describeWithSamples('awkward files', () => {
  it('are each colorized at their size or listed with a reason', async () => {
    const folder = sharedPath('data/awkward/made');
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).length;
    const report = await colorize({ inputs: [folder] });
    expect(report.done + report.failed.length + report.ignored.length).toBeGreaterThanOrEqual(files);
    expect(filesIn(out)).toHaveLength(report.done);
    expect(report.failed.map(({ path }) => path.split('/').at(-1))).toEqual(expect.arrayContaining([
      'html_error_page.jpg', 'photo.bmp', 'text_named_as_jpg.jpg', 'truncated_half.jpg', 'truncated_header_only.jpg', 'zero_bytes.jpg',
    ]));
    for (const { input, output } of report.files) {
      const [before, after] = [await sharp(input).metadata(), await sharp(output).metadata()];
      expect([output, after.width, after.height]).toEqual([output, before.autoOrient.width, before.autoOrient.height]);
    }
  });

  it('that lie on their side come out upright', async () => {
    const inputs = [6, 8].map((orientation) => sharedPath(`data/awkward/exif/Landscape_${orientation}.jpg`));
    const { files } = await colorize({ inputs, format: 'jpeg' });
    for (const { output } of files) {
      const { width, height, orientation } = await sharp(output).metadata();
      expect([width > height, orientation]).toEqual([true, 1]);
    }
  });
});
