import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS_PRESETS, type ActivationsConfig } from '../../../../../src/shared/labs/activations/config.js';
import { heldTensors } from '../../../../../src/main/core/graph/session.js';
import { quietContext, type JobContext } from '../../../../../src/main/core/job.js';
import { compareActivations, resumeComparison } from '../../../../../src/main/core/labs/activations/comparison.js';
import { readImages } from '../../../../../src/main/core/labs/activations/data.js';
import { openLab } from '../../../../../src/main/core/labs/lab-folder.js';
import { sharp } from '../../../../../src/main/core/photos/codec.js';
import { describeWithSamples, sharedPath } from '../../../../helpers/shared.js';
import { temporaryFolder } from '../../../../helpers/temporary-folder.js';

const POST = ACTIVATIONS_PRESETS.post.config;
const folder = await temporaryFolder('comparison');

const SMALL: ActivationsConfig = {
  ...POST, activations: ['relu', 'rrelu'], epochs: 3, rate: 1e-3, data: { ...POST.data, training: 600, test: 200 },
  network: { ...POST.network, hidden: [64, 32] },
};

/** A context that stops after so many reports. */
function stoppedAfter(reports: number): { context: JobContext; stopped: AbortController } {
  const stopped = new AbortController();
  let told = 0;
  const emit = (name: string) => {
    if (name === 'report' && ++told === reports) stopped.abort(new Error('stopped by the test'));
  };
  return { stopped, context: { signal: stopped.signal, progress: { progress() {}, note() {}, emit } } };
}

describe('a comparison of activations', () => {
  it('trains all of them from the same start, and comes to the same figures when it was stopped and resumed', async () => {
    const whole = await compareActivations({ config: SMALL, out: join(folder, 'whole') }, quietContext());
    const { context } = stoppedAfter(45);
    await expect(compareActivations({ config: SMALL, out: join(folder, 'halves') }, context)).rejects.toThrow('stopped by the test');
    expect((await openLab(join(folder, 'halves'))).state).toBe('stopped');
    const halves = await resumeComparison({ run: join(folder, 'halves') }, quietContext());
    const figures = ({ result }: typeof whole) => result.variants.map(({ seconds: _, millisecondsAStep: __, ...rest }) => rest);
    expect(figures(halves)).toEqual(figures(whole));
    expect(whole.result.rows.map(({ activation, normalization }) => `${activation} ${normalization}`)).toEqual(['relu without', 'rrelu without', 'relu with', 'rrelu with']);
    for (const { accuracy, confusion, wrong } of whole.result.variants) {
      // Thirty steps: far beyond the 10 % of chance.
      expect(accuracy).toBeGreaterThan(40);
      expect(confusion.flat().reduce((a, b) => a + b)).toBe(200);
      expect(wrong.length).toBe(Math.round(200 * (1 - accuracy! / 100)));
    }
    // The first of the hardest pictures stands first in the sheet.
    const { data, info } = await sharp(join(folder, 'whole', 'hardest.png')).raw().toBuffer({ resolveWithObject: true });
    const { test } = await readImages(SMALL, quietContext());
    const [{ index, label, times }] = whole.result.hardest;
    expect([label, times]).toEqual([test.labels[index], whole.result.variants.filter(({ wrong }) => wrong.includes(index)).length]);
    const { columns, width, height, gap } = whole.result.sheet!;
    expect([columns * (width + gap) + gap, Math.ceil(whole.result.hardest.length / columns) * (height + gap) + gap]).toEqual([info.width, info.height]);
    const seen = (x: number, y: number) => data[((2 + y) * 3 + 1) * info.width * info.channels + ((2 + x) * 3 + 1) * info.channels];
    for (const [x, y] of [[14, 14], [10, 20], [0, 0]]) expect(seen(x, y)).toBe(test.pixels[index * 784 + y * 28 + x]);
    // A finished comparison is reported as it is, whatever became of its pictures.
    const path = join(folder, 'halves', 'lab.json');
    const file = JSON.parse(await readFile(path, 'utf8')) as { state: string; data: object };
    await writeFile(path, JSON.stringify({ ...file, data: { ...file.data, fingerprint: 'other' } }));
    expect((await resumeComparison({ run: join(folder, 'halves') }, quietContext())).result).toEqual(halves.result);
    expect((await openLab(join(folder, 'halves'))).state).toBe('finished');
    // Nothing but results is left of trainings that are through.
    expect(await readdir(join(folder, 'halves', 'checkpoints'))).toEqual([]);
  });

  it('starts pairs alike: before the first step ReLU and RReLU have the same outputs above zero', async () => {
    const lines = (await readFile(join(folder, 'whole', 'metrics.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { step: number; activation: string; normalization: string; test?: { layers: { silent: number }[] } });
    const first = (activation: string) => lines.find((line) => line.step === 0 && line.activation === activation && line.normalization === 'without')!.test!;
    expect(first('relu').layers[0].silent).toBe(first('rrelu').layers[0].silent);
  });

  it('refuses to go on with other pictures, and a batch of one with normalization', async () => {
    const { context } = stoppedAfter(2);
    await expect(compareActivations({ config: SMALL, out: join(folder, 'changed') }, context)).rejects.toThrow();
    const path = join(folder, 'changed', 'lab.json');
    const file = JSON.parse(await readFile(path, 'utf8')) as { data: { fingerprint: string } };
    await writeFile(path, JSON.stringify({ ...file, data: { ...file.data, fingerprint: 'other' } }));
    await expect(resumeComparison({ run: join(folder, 'changed') }, quietContext())).rejects.toThrow('The pictures are not those');
    await expect(compareActivations({ config: { ...SMALL, batch: 1 }, out: join(folder, 'one') }, quietContext())).rejects.toThrow('A batch of one picture has no spread');
  });

  it('tells a training that diverges with its step, and goes on with the others', async () => {
    const config: ActivationsConfig = { ...SMALL, activations: ['none', 'tanh'], epochs: 1, rate: 10, optimizer: { kind: 'sgd', momentum: 0 }, normalization: { ...SMALL.normalization, kinds: ['without'] }, network: { ...SMALL.network, hidden: [64, 64, 64, 64] } };
    const { result } = await compareActivations({ config, out: join(folder, 'diverged') }, quietContext());
    const [none, tanh] = result.variants;
    expect(none.accuracy).toBeNull();
    expect(none.diverged).toMatchObject({ cause: 'The learning rate is most likely too high (rate is 10): try 1.' });
    expect(tanh.diverged).toBeUndefined();
  });
});

describe("the post's network with ReLU", () => {
  it('tells most of the built-in digits apart after three epochs', async () => {
    const config: ActivationsConfig = { ...POST, activations: ['relu'], epochs: 3, rate: 5e-4 };
    const { result } = await compareActivations({ config, out: join(folder, 'digits') }, quietContext());
    for (const { accuracy } of result.variants) expect(accuracy).toBeGreaterThan(90);
  });
});

describeWithSamples("the post's setting on MNIST", () => {
  it('comes to 93 % and more in the first of its ten epochs, with normalization and without', async () => {
    const config: ActivationsConfig = { ...POST, activations: ['relu'], epochs: 1, data: { ...POST.data, kind: 'mnist', folder: sharedPath('data/mnist') } };
    const { result } = await compareActivations({ config, out: join(folder, 'mnist') }, quietContext());
    expect(result.pictures).toEqual({ training: 60_000, test: 10_000 });
    for (const { accuracy, normalization } of result.variants) expect(accuracy, normalization).toBeGreaterThan(93);
  });
});

afterAll(() => {
  expect(heldTensors()).toBe(0);
});
