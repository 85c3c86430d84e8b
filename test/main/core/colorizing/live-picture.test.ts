import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { colorizeFolder } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { colorizePicture } from '../../../../src/main/core/colorizing/colorize-picture.js';
import { KeptScores, type ScoringPredictor } from '../../../../src/main/core/colorizing/kept-scores.js';
import { LiveModel } from '../../../../src/main/core/colorizing/live-model.js';
import { LivePicture } from '../../../../src/main/core/colorizing/live-picture.js';
import { windowsOfPicture } from '../../../../src/main/core/colorizing/coarse-colours.js';
import type { NetworkInput } from '../../../../src/main/core/colorizing/predictor.js';
import { seePicture } from '../../../../src/main/core/colorizing/seen-picture.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { decodePhoto } from '../../../../src/main/core/photos/decode.js';
import { type Colorizer, openColorizer } from '../../../../src/main/core/runs/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const run = fileURLToPath(new URL('../../../fixtures/runs/version-1', import.meta.url));
const photograph = fileURLToPath(new URL('../../../fixtures/colorizing/accuracy/truth/2.png', import.meta.url));

let folder: string;
let colorizer: Colorizer;
beforeAll(async () => {
  folder = await temporaryFolder('live');
  colorizer = await openColorizer(run, { checkpoint: 'newest' });
});
afterAll(() => colorizer.close());

/** Four bins, told apart by lightness and place in the window, so that windows disagree where they overlap. */
function windowed(): ScoringPredictor & { shown: number } {
  const [a, b, Q, stride] = [[-20, 30, 5, 0], [10, -30, 60, 0], 4, 4];
  const network = {
    seenSide: 1067, stride, bins: { Q }, takesHints: false, shown: 0,
    logits({ lightness }: NetworkInput, { width, height }: { width: number; height: number }) {
      network.shown++;
      const [across, down] = [Math.ceil(width / stride), Math.ceil(height / stride)];
      const logits = new Float32Array(across * down * Q);
      for (let cell = 0; cell < across * down; cell++) {
        for (let q = 0; q < 4; q++) logits[cell * Q + q] = Math.sin(q + lightness[Math.floor(cell / across) * stride * width + (cell % across) * stride]) + q * (cell % across) / across;
      }
      return { width: across, height: down, logits };
    },
    anneal({ width, height, logits }: { width: number; height: number; logits: Float32Array }, temperature: number) {
      const ab = new Float32Array(width * height * 2);
      for (let cell = 0; cell < width * height; cell++) {
        const e = [0, 1, 2, 3].map((q) => Math.exp(logits[cell * Q + q] / temperature));
        const sum = e.reduce((x, y) => x + y);
        ab[2 * cell] = e.reduce((total, v, q) => total + v * a[q], 0) / sum;
        ab[2 * cell + 1] = e.reduce((total, v, q) => total + v * b[q], 0) / sum;
      }
      return { width, height, ab };
    },
    decode(input: NetworkInput, size: { width: number; height: number }, temperature: number) {
      return network.anneal(network.logits(input, size), temperature);
    },
  };
  return network;
}

describe('a photograph beside a network', () => {
  it('looks, pixel by pixel, like the file that the job writes', async () => {
    const picture = await LivePicture.open(photograph, colorizer);
    const report = await colorizeFolder(
      { inputs: [photograph], out: join(folder, 'job'), temperature: 0.5, format: 'png', overwrite: false }, { id: 'm', predictor: colorizer }, quietContext());
    const written = await decodePhoto(report.files[0].output);
    expect(Buffer.compare(Buffer.from((await picture.show('colour', 0.5, 'preview')).data), Buffer.from(written.data))).toBe(0);
    const file = await decodePhoto(await picture.file('png', 0.5));
    expect(Buffer.compare(Buffer.from(file.data), Buffer.from(written.data))).toBe(0);
  });

  it('is shown to the network once, whatever is asked of it', async () => {
    const picture = await LivePicture.open(photograph, colorizer);
    const [logits, decode] = [vi.spyOn(colorizer, 'logits'), vi.spyOn(colorizer, 'decode')];
    const pictures = [];
    for (const temperature of [0.01, 0.38, 1, 3]) pictures.push(await picture.show('colour', temperature, 'preview'), await picture.show('map', temperature, 'draft'));
    await picture.at(0.5, 0.5, 0.2);
    await picture.figures(0.7);
    expect([logits.mock.calls.length, decode.mock.calls.length]).toEqual([1, 0]);
    expect(new Set(pictures.map(({ data }) => Buffer.from(data).toString('base64'))).size).toBe(8);
    vi.restoreAllMocks();
  });

  it('tells the distribution at a place, which sums to 1 and has the mean that is painted', async () => {
    const picture = await LivePicture.open(photograph, colorizer);
    const pixels = await decodePhoto(photograph);
    const seen = await seePicture(pixels, colorizer);
    const { logits, width, height } = colorizer.logits(seen, seen);
    const [column, row] = [Math.floor(0.3 * seen.width / colorizer.stride), Math.floor(0.8 * seen.height / colorizer.stride)];
    const { Q, a, b } = colorizer.bins;
    const scores = Array.from(logits.subarray((row * width + column) * Q, (row * width + column + 1) * Q));
    const e = scores.map((z) => Math.exp(z));
    const answer = await picture.at(0.3, 0.8, 0.38);
    expect(height).toBe(Math.ceil(seen.height / colorizer.stride));
    expect(answer.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    answer.shares.forEach((share, q) => expect(share).toBeCloseTo(e[q] / e.reduce((x, y) => x + y), 6));
    const { ab } = colorizer.decode(seen, seen, 0.38);
    expect(answer.mean.a).toBeCloseTo(ab[2 * (row * width + column)], 2);
    expect(answer.mean.b).toBeCloseTo(ab[2 * (row * width + column) + 1], 2);
    expect(Math.max(...a, ...b)).toBeLessThan(110);
    const at = 3 * (Math.floor(0.8 * pixels.height) * pixels.width + Math.floor(0.3 * pixels.width));
    expect(answer.truth).toEqual([...pixels.data.subarray(at, at + 3)]);
  });

  it('gray, its map and the truth are what they say', async () => {
    const picture = await LivePicture.open(photograph, colorizer);
    const truth = await decodePhoto(photograph);
    expect(Buffer.compare(Buffer.from((await picture.show('truth', 1, 'preview')).data), Buffer.from(truth.data))).toBe(0);
    const gray = (await picture.show('gray', 1, 'preview')).data;
    expect(gray.every((v, i) => v === gray[i - (i % 3)])).toBe(true);
    const map = (await picture.show('map', 1, 'preview')).data;
    const brightest = Array.from({ length: map.length / 3 }, (_, i) => Math.max(map[3 * i], map[3 * i + 1], map[3 * i + 2]));
    expect(Math.min(...brightest)).toBe(255);
  });

  it('a large one is shown smaller, and saved at its own size', async () => {
    const large = join(folder, 'large.jpg');
    await sharp(photograph).resize(2400, 1600, { fit: 'fill' }).jpeg().toFile(large);
    const picture = await LivePicture.open(large, colorizer);
    expect(picture.facts).toMatchObject({ width: 2400, height: 1600, shownWidth: 1536, shownHeight: 1024, format: 'jpeg', gray: false });
    const draft = await picture.show('colour', 1, 'draft');
    expect([draft.width, draft.height]).toEqual([512, 341]);
    const saved = await decodePhoto(await picture.file('webp', 1));
    expect([saved.width, saved.height]).toEqual([2400, 1600]);
  });

  it('without colour it has no figures; with colour the perfect ones for the truth itself', async () => {
    const gray = join(folder, 'gray.png');
    await sharp(photograph).grayscale().png().toFile(gray);
    const picture = await LivePicture.open(gray, colorizer);
    expect(picture.facts.gray).toBe(true);
    expect(await picture.figures(1)).toBeUndefined();
    const figures = await (await LivePicture.open(photograph, colorizer)).figures(1);
    expect(figures!.auc).toBeGreaterThan(50);
    expect(figures!.psnr).toBeGreaterThan(8);
  });
});

describe('kept scores', () => {
  it('of a picture in windows come to the same colours, and to the mean of what the windows say where they overlap', async () => {
    const network = windowed();
    const pixels = await decodePhoto(await sharp(photograph).resize(600, 400, { fit: 'fill' }).png().toBuffer());
    const seen = await seePicture(pixels, { seenSide: 1067 });
    const kept = new KeptScores(network, seen, Infinity);
    const windows = windowsOfPicture(network, seen);
    expect(windows.length).toBeGreaterThan(2);
    const straight = await colorizePicture(pixels, { ...network, decode: (...given) => network.decode(...given) }, 0.7);
    const colours = await kept.colours(0.7);
    const shown = network.shown;
    expect(await kept.colours(0.7)).toEqual(colours);
    expect(network.shown).toBe(shown);
    expect(straight.width).toBe(600);
    for (const [x, y] of [[0.02, 0.5], [0.31, 0.44], [0.5, 0.5], [0.77, 0.9]]) {
      const shares = kept.shares(x, y, 0.7);
      const cell = Math.floor(y * seen.height / 4) * colours.width + Math.floor(x * seen.width / 4);
      expect([-20, 30, 5, 0].reduce((sum, v, q) => sum + v * shares[q], 0)).toBeCloseTo(colours.a[cell], 3);
    }
  });

  it('that would take too much memory are not kept', async () => {
    const network = windowed();
    const seen = await seePicture(await decodePhoto(photograph), { seenSide: 64 });
    const kept = new KeptScores(network, seen, 1000);
    const [first, second] = [await kept.colours(1), await kept.colours(1)];
    expect(first).toEqual(second);
    expect(kept.bytes).toBe(0);
    expect(network.shown).toBe(2 * windowsOfPicture(network, seen).length);
  });
});

describe('photographs looked at lately', () => {
  it('are open until others need the room, and anew when their file has changed', async () => {
    const model = new LiveModel(colorizer);
    await mkdir(join(folder, 'many'));
    const paths = Array.from({ length: 14 }, (_, k) => join(folder, 'many', `${k}.png`));
    for (const path of paths) await sharp(photograph).resize(80, 80).png().toFile(path);
    const first = await model.picture(paths[0]);
    expect(await model.picture(paths[0])).toBe(first);
    await utimes(paths[0], 1, 1);
    expect(await model.picture(paths[0])).not.toBe(first);
    const second = await model.picture(paths[1]);
    for (const path of paths.slice(2)) await model.picture(path);
    expect(await model.picture(paths[1])).not.toBe(second);
    expect(await model.picture(paths[13])).toBe(await model.picture(paths[13]));
  });

  it('one that cannot be read says why, each time', async () => {
    const model = new LiveModel(colorizer);
    const damaged = join(folder, 'damaged.jpg');
    await writeFile(damaged, 'no picture');
    await expect(model.picture(damaged)).rejects.toThrow(/not a picture|text/i);
    await expect(model.picture(damaged)).rejects.toThrow(/not a picture|text/i);
  });
});
