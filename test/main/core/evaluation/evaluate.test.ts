import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colorizeFolder } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { evaluate, type EvaluatedPredictor } from '../../../../src/main/core/evaluation/evaluate.js';
import { quietContext, type Progress } from '../../../../src/main/core/job.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
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

const run = (folder: string, list?: string) => evaluate({ folder, list, temperature: 1, seed: 1 }, predictor, quietContext());

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

  it('is the same every time', async () => {
    expect(await run(photographs)).toEqual(await run(photographs));
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
