import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colorizeFolder } from '../../../../src/main/core/colorizing/colorize-folder.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { rulePredictor } from './predictors.js';

let root: string;
beforeAll(() => (root = mkdtempSync(join(tmpdir(), 'chromabench-'))));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** 1.5 GB less what TensorFlow and a network take. */
const MEMORY_KB = 1_000_000;

it('three pictures of 24 megapixels stay within memory', async () => {
  const inputs: string[] = [];
  const gradient = new Uint8Array(64 * 64 * 3).map((_, i) => (Math.floor(i / 3) * 3) % 256);
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
    inputs.push(join(root, name));
    await sharp(gradient, { raw: { width: 64, height: 64, channels: 3 } }).resize(6000, 4000, { fit: 'fill' }).toFile(inputs.at(-1)!);
  }
  const model = { id: 'm', predictor: rulePredictor((L) => [L / 4, 20], { seenSide: 160 }) };
  const report = await colorizeFolder({ inputs, out: join(root, 'out'), temperature: 1, format: 'jpeg', overwrite: false }, model, quietContext());
  expect(report.done).toBe(3);
  const { width, height } = await sharp(report.files[0].output).metadata();
  expect([width, height]).toEqual([6000, 4000]);
  expect(process.resourceUsage().maxRSS).toBeLessThan(MEMORY_KB);
}, 600_000);
