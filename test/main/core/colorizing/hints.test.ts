/** Colour hints on their way from a file to the picture. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { colorizeFolder, type ColorizeOptions } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { type HintSource, hintsOfFile, keptHints, readHintsFile } from '../../../../src/main/core/colorizing/hint-source.js';
import type { AbPredictor, NetworkInput } from '../../../../src/main/core/colorizing/predictor.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { contentIdOf } from '../../../../src/main/core/photos/content-id.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { decodePhoto } from '../../../../src/main/core/photos/decode.js';
import { readWhole } from '../../../../src/main/core/photos/whole-file.js';
import { labPlanes } from '../../../../src/shared/colour/lab.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';
import { rulePredictor } from './predictors.js';

let folder: string;
let harbour: string;
beforeEach(async () => {
  folder = await temporaryFolder('hints');
  harbour = await gray('harbour.png', 90);
});

async function gray(name: string, level: number): Promise<string> {
  const path = join(folder, name);
  await sharp({ create: { width: 96, height: 64, channels: 3, background: { r: level, g: level, b: level } } }).png().toFile(path);
  return path;
}

/** Says no colour of its own, and keeps what it was shown. */
function listening(): AbPredictor & { shown: NetworkInput[] } {
  const shown: NetworkInput[] = [];
  const gray = rulePredictor(() => [0, 0]);
  return { ...gray, takesHints: true, shown, decode: (input, size, temperature) => (shown.push(input), gray.decode(input, size, temperature)) };
}

function colorize(hints: HintSource | undefined, options: Partial<ColorizeOptions> = {}, predictor: AbPredictor = listening()) {
  return colorizeFolder({ inputs: [harbour], out: join(folder, 'out'), temperature: 1, format: 'png', overwrite: false, hints, ...options }, { id: 'm', predictor }, quietContext());
}

function file(photographs: Record<string, unknown[]>): Promise<HintSource> {
  const path = join(folder, 'hints.json');
  writeFileSync(path, JSON.stringify({ version: 1, photographs }));
  return readHintsFile(path).then((read) => hintsOfFile(read, path));
}

const red = { x: 0.25, y: 0.5, a: 40, b: 20 };

describe('hints of a file', () => {
  it('reach the network and the picture, where they were given', async () => {
    const network = listening();
    const report = await colorize(await file({ 'harbour.png': [red] }), {}, network);
    const { hints } = network.shown[0];
    expect([hints!.length, hints!.filter((v, i) => i % 3 === 2 && v === 1).length]).toEqual([96 * 64 * 3, 25]);
    const { a, b } = labPlanes((await decodePhoto(report.files[0].output)).data);
    expect([a[32 * 96 + 24], b[32 * 96 + 24]]).toEqual([expect.closeTo(40, -1), expect.closeTo(20, -1)]);
    expect(Math.hypot(a[32 * 96 + 80], b[32 * 96 + 80])).toBeLessThan(0.2 * Math.hypot(40, 20));
  });

  it('make another picture: the same hints are done, others are not written over', async () => {
    expect((await colorize(await file({ 'harbour.png': [red] }))).done).toBe(1);
    expect((await colorize(await file({ 'harbour.png': [red] }))).skipped).toBe(1);
    const other = await colorize(await file({ 'harbour.png': [{ ...red, a: 10 }] }));
    expect([other.done, other.failed[0].reason]).toEqual([0, expect.stringContaining('another model, temperature, format, quality or hint')]);
    expect((await colorize(undefined)).failed.length).toBe(1);
  });

  it('tell which names are no photograph of the job, and refuse those that are several', async () => {
    expect((await colorize(await file({ 'mill.png': [red] }))).unknownHints).toEqual(['mill.png']);
    const source = await file({ 'harbour.png': [red] });
    const input = { place: 'a/harbour.png', given: false };
    expect(() => source([{ ...input, path: '/x/a/harbour.png' }, { ...input, path: '/x/b/harbour.png', place: 'b/harbour.png' }])).toThrow(/several photographs are called so/);
  });

  it('are refused by a network that was taught without', async () => {
    await expect(colorize(await file({ 'harbour.png': [red] }), {}, rulePredictor(() => [0, 0]))).rejects.toThrow(/takes no colour hints/);
  });

  it('are refused in a sentence where the file is none', async () => {
    const path = join(folder, 'broken.json');
    await expect(readHintsFile(path)).rejects.toThrow(/There is no file/);
    for (const text of ['{', '{"version":2,"photographs":{}}', '{"version":1,"photographs":{"a.png":[{"x":3,"y":0,"a":0,"b":0}]}}']) {
      writeFileSync(path, text);
      await expect(readHintsFile(path)).rejects.toThrow(/is no file of colour hints/);
    }
  });
});

it('hints that are kept are found by content, wherever the photograph lies', async () => {
  const moved = join(folder, 'elsewhere.png');
  writeFileSync(moved, (await readWhole(harbour)).bytes);
  const other = await gray('mill.png', 120);
  const network = listening();
  await colorize(keptHints(new Map([[contentIdOf((await readWhole(harbour)).bytes), [red]]])), { inputs: [moved, other] }, network);
  const masks = network.shown.flatMap(({ hints }) => Array.from({ length: hints!.length / (96 * 64 * 3) }, (_, k) =>
    hints!.subarray(k * 96 * 64 * 3, (k + 1) * 96 * 64 * 3).filter((v, i) => i % 3 === 2 && v === 1).length));
  expect(masks).toEqual([25, 0]);
});
