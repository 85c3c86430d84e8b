import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colorizeFolder } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { evaluate, type EvaluatedPredictor } from '../../../../src/main/core/evaluation/evaluate.js';
import { quietContext, type Progress } from '../../../../src/main/core/job.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { contentIdOf } from '../../../../src/main/core/photos/content-id.js';
import { describeWithSamples, sharedPath } from '../../../helpers/shared.js';
import { rulePredictor } from '../colorizing/predictors.js';

const photographs = fileURLToPath(new URL('../../../fixtures/colorizing/accuracy/truth', import.meta.url));

/** Colours by lightness, as a network that has learnt little would give them; a palette of three colours. */
const predictor: EvaluatedPredictor = {
  ...rulePredictor((L) => [4 - L / 20, L / 3 - 12]),
  bins: { Q: 3, a: Float64Array.of(0, -20, 35), b: Float64Array.of(0, 25, 30), share: Float64Array.of(0.3, 0.6, 0.1) },
};

let root: string;
beforeAll(() => (root = mkdtempSync(join(tmpdir(), 'chromabench-'))));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function photographFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(join(folder, 'sub'), { recursive: true });
  copyFileSync(join(photographs, '0.png'), join(folder, 'a.png'));
  copyFileSync(join(photographs, '1.png'), join(folder, 'sub/b.png'));
  return folder;
}

const measure = (folder: string, list?: string) => evaluate({ folder, list, temperature: 1, seed: 1 }, predictor, quietContext());
function listOf(...paths: string[]): string {
  const list = join(root, `${paths.join('-')}.txt`);
  writeFileSync(list, paths.join('\n'));
  return list;
}

const run = async (folder: string, list?: string) => (await measure(folder, list)).report;

describe('an evaluation', () => {
  it('measures the network beside ways that know nothing', async () => {
    const report = await run(photographs);
    expect(report.photos).toBe(3);
    expect(report.excluded).toEqual([]);
    expect(report.baselines.gray.chroma).toBeLessThan(1);
    expect(report.baselines.mostCommon.chroma).toBeGreaterThan(20);
    expect(report.baselines.random.psnr).toBeLessThan(report.baselines.gray.psnr);
    for (const figures of [report, ...Object.values(report.baselines)]) {
      for (const value of [figures.auc, figures.aucRebalanced, figures.psnr]) expect(value).toBeGreaterThan(0);
    }
    expect(report.trueChroma).toBeGreaterThan(report.baselines.gray.chroma);
  });

  it('of photographs that a run knows leaves out what has come in the place of one', async () => {
    const folder = photographFolder('known');
    const photos = ['a.png', 'sub/b.png'].map((path) => ({ path, contentId: contentIdOf(readFileSync(join(folder, path))) }));
    copyFileSync(join(photographs, '2.png'), join(folder, 'a.png'));
    const { report } = await evaluate({ folder, photos, temperature: 1, seed: 1 }, predictor, quietContext());
    expect([report.photos, report.excluded]).toEqual([1, [{ path: 'a.png', reason: 'The file is not the one that the run was begun with.' }]]);
  });

  it('is the same every time', async () => {
    expect(await measure(photographs)).toEqual(await measure(photographs));
  });

  it('has a curve whose area is the AuC, for the run and for each baseline', async () => {
    const report = await run(photographs);
    const area = (curve: number[]) => (100 / 150) * (curve.reduce((sum, share) => sum + share, 0) - (curve[0] + curve[150]) / 2);
    for (const { auc, aucRebalanced, curve, curveRebalanced } of [report, ...Object.values(report.baselines)]) {
      expect(curve).toHaveLength(151);
      expect(area(curve)).toBeCloseTo(auc, 3);
      expect(area(curveRebalanced)).toBeCloseTo(aucRebalanced, 3);
      for (const shares of [curve, curveRebalanced]) expect(shares.every((share, t) => share >= (shares[t - 1] ?? 0) && share <= 1)).toBe(true);
    }
  });

  it('measures each photograph, and shows the nearest and the farthest', async () => {
    const { report, photographs: all, strips } = await measure(photographs);
    expect(all.map(({ path }) => path)).toEqual(['0.png', '1.png', '2.png']);
    const byAuc = [...all].sort((x, y) => y.auc - x.auc).map(({ path }) => path);
    expect(report.best.map(({ path }) => path)).toEqual(byAuc.slice(0, 2));
    expect(report.worst.map(({ path }) => path)).toEqual(byAuc.slice(2));
    expect([...strips.keys()]).toEqual(['best-1.webp', 'best-2.webp', 'worst-1.webp']);
    // All of one photograph is its own set.
    const alone = await run(photographFolder('alone'), listOf('a.png'));
    expect(alone.auc).toBeCloseTo(all[0].auc, 9);
    expect(alone.baselines.gray.auc).toBeCloseTo(all[0].grayAuc, 9);
    expect([alone.trueChroma, alone.chroma, alone.psnr]).toEqual([all[0].trueChroma, all[0].chroma, all[0].psnr]);
  });

  it('tells vividness, subjects and colours of the same pixels', async () => {
    const { report, photographs: all } = await measure(photographFolder('subjects'));
    const [inFolder, inSub] = all;
    expect(report.vividness).toBeCloseTo(report.chroma / report.trueChroma, 12);
    const weakest = [inFolder, inSub].sort((x, y) => x.aucRebalanced - y.aucRebalanced);
    expect(report.subjects!.map(({ name, photos, auc }) => [name, photos, auc])).toEqual(weakest.map((photo) => [photo === inSub ? 'sub' : '', 1, photo.auc]));
    const colours = report.colours!;
    expect(colours.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 2);
    expect(colours.map(({ auc }) => auc)).toEqual(colours.map(({ auc }) => auc).sort((x, y) => x - y));
    // Every pixel is in one family: their accuracies make up the whole.
    expect(colours.reduce((sum, { share, auc }) => sum + share * auc, 0)).toBeCloseTo(report.auc, 0);
  });

  it('measures old scans where they are asked for, each against the photographs as they are', async () => {
    const { report } = await evaluate({ folder: photographs, temperature: 1, seed: 1, worn: true }, predictor, quietContext());
    expect(report.worn!.map(({ wear }) => wear)).toEqual(['sepia', 'faded', 'grainy', 'scratched']);
    for (const { aucRebalanced, lost, chroma, vividness } of report.worn!) {
      expect(lost).toBeCloseTo(report.aucRebalanced - aucRebalanced, 12);
      expect(vividness).toBeCloseTo(chroma / report.trueChroma, 12);
    }
    expect((await run(photographs)).worn).toBeUndefined();
  });

  it('shows a photograph gray, colorized and true, in that order', async () => {
    const { report, strips } = await measure(photographs);
    const { data, info } = await sharp(strips.get('best-1.webp')).raw().toBuffer({ resolveWithObject: true });
    const side = (info.width - 8) / 3;
    const truth = await sharp(join(photographs, report.best[0].path)).raw().toBuffer();
    const mean = (from: number, channel: number) => {
      let sum = 0;
      for (let y = 0; y < info.height; y++) for (let x = 0; x < side; x++) sum += data[(y * info.width + from + x) * 4 + channel];
      return sum / (info.height * side);
    };
    const [gray, colorized, shown] = [0, side + 4, 2 * (side + 4)].map((from) => [0, 1, 2].map((channel) => mean(from, channel)));
    expect(Math.max(...gray) - Math.min(...gray)).toBeLessThan(1.5);
    expect(Math.max(...colorized) - Math.min(...colorized)).toBeGreaterThan(2);
    const trueMeans = [0, 1, 2].map((channel) => truth.filter((_, i) => i % 3 === channel).reduce((sum, v) => sum + v, 0) / (truth.length / 3));
    shown.forEach((value, channel) => expect(Math.abs(value - trueMeans[channel])).toBeLessThan(2));
    expect(data[side * 4 + 3]).toBe(0);
  });

  it('lists what it cannot measure', async () => {
    const folder = photographFolder('mixed');
    await sharp({ create: { width: 60, height: 60, channels: 3, background: '#777' } }).png().toFile(join(folder, 'gray.png'));
    writeFileSync(join(folder, 'broken.jpg'), '');
    const report = await run(folder);
    expect(report.photos).toBe(2);
    expect(report.excluded).toEqual([
      { path: 'broken.jpg', reason: 'The file is empty (0 bytes).' },
      { path: 'gray.png', reason: expect.stringContaining('without colour') },
    ]);
  });

  it('looks at listed photographs only, and says which are missing', async () => {
    const folder = photographFolder('listed');
    const list = join(root, 'list.txt');
    writeFileSync(list, '\uFEFF# kept for test\r\n./sub/b.png\r\n\r\nsub/b.png\r\ngone.jpg\r\n');
    const report = await run(folder, list);
    expect(report.photos).toBe(1);
    expect(report.excluded).toEqual([{ path: 'gone.jpg', reason: expect.stringContaining('gone') }]);
  });

  it('says so when there is nothing to measure', async () => {
    mkdirSync(join(root, 'empty'));
    await expect(run(join(root, 'empty'))).rejects.toThrow(/no photograph to evaluate/);
    writeFileSync(join(root, 'missing.txt'), 'x.jpg\n');
    await expect(run(join(root, 'empty'), join(root, 'missing.txt'))).rejects.toThrow(/None of the 1 files.*x\.jpg: /);
    await expect(run(join(root, 'empty'), join(root, 'no-list.txt'))).rejects.toThrow(/no-list\.txt cannot be read/);
  });

  it('tells how far it is', async () => {
    const told: Progress[] = [];
    const context = quietContext();
    await evaluate({ folder: photographs, temperature: 1, seed: 1 }, predictor, { ...context, progress: { ...context.progress, progress: (p) => told.push(p) } });
    expect(told.at(-1)).toMatchObject({ phase: 'Evaluating', done: 3, total: 3 });
  });
});

const python = process.env.CHROMABENCH_PYTHON;
const reference = sharedPath('reference/auc_reference.py');

describeWithSamples('the reference program', () => {
  it.skipIf(!python)('says the same of the files that colorizing writes', async () => {
    const truth = join(root, 'truth');
    mkdirSync(truth);
    const forest = sharedPath('data/sample_cc0_256/forest');
    for (const name of readdirSync(forest).slice(0, 6)) copyFileSync(join(forest, name), join(truth, name));
    const out = join(root, 'colorized');
    await colorizeFolder({ inputs: [truth], out, temperature: 1, format: 'png', overwrite: false }, { id: 'test', predictor }, quietContext());
    const said = JSON.parse(execFileSync(python!, [reference, truth, out], { encoding: 'utf8' }));
    const report = await run(truth);
    expect(report.photos).toBe(said.pairs);
    expect(Math.abs(report.auc - said.auc)).toBeLessThan(0.02);
    expect(Math.abs(report.aucRebalanced - said.auc_rebalanced)).toBeLessThan(0.02);
    expect(Math.abs(report.psnr - said.psnr)).toBeLessThan(0.02);
  });
});
