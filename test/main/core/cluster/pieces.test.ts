/** Workers on a cluster draw and change the pieces of a step exactly as a training here does. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutPiece } from '../../../../src/main/core/training/batch.js';
import { changedLightness, drawLightnessChange } from '../../../../src/main/core/training/changed-lightness.js';
import { PatchPlan } from '../../../../src/main/core/training/patch-plan.js';
import { Random } from '../../../../src/shared/random.js';
import { checkout } from '../../../e2e/program.js';
import { CLUSTER_PYTHON } from '../../../e2e/ray-head.js';

const SIZES = [{ width: 100, height: 70 }, { width: 64, height: 64 }, { width: 40, height: 33 }];
const [STEPS, SHARE] = [60, 0.3];

const options = (zoom: number) => ({ cut: 'random', side: 32, batch: 6, flips: true, zoom, seed: 7 }) as const;

/** Of two workers, the second one's half of each batch after the first one's. */
const PROGRAM = `
import json, sys
import numpy as np
from chromabench_cluster.lightness import change_lightness
from chromabench_cluster.patches import PatchPlan, cut_piece
from chromabench_cluster.random_numbers import Random
given = json.loads(sys.stdin.read())
plan = PatchPlan([tuple(one) for one in given["sizes"]], **given["options"])
pixels = [np.frombuffer(bytes(rgb), np.uint8).reshape(h, w, 3) for rgb, (w, h) in zip(given["rgb"], given["sizes"])]
patches = [one for step in range(1, given["steps"] + 1) for first in (0, 3) for one in plan.patches(step, first, 3)]
patches += [plan.replacement(step, 1, 2) for step in range(1, given["steps"] + 1)]
grays = np.array(given["grays"], np.float32)
print(json.dumps({
    "patches": [vars(one) for one in patches],
    "pieces": [cut_piece(pixels[one.photo], one, plan.side).ravel().tolist() for one in patches],
    "lightness": [change_lightness(grays, given["share"], Random(7, "lightness", step, 3)).tolist() for step in range(given["steps"])],
}))`;

interface Answer {
  patches: object[];
  pieces: number[][];
  lightness: number[][];
}

describe.skipIf(CLUSTER_PYTHON === '')('pieces on a cluster', () => {
  it.each([1, 1.5, 3])('are those of a training here, of random size up to %f times, and their lightness', (zoom) => {
    const random = new Random('pixels');
    const photos = SIZES.map(({ width, height }) => ({ width, height, rgb: Uint8Array.from({ length: width * height * 3 }, () => random.integer(256)) }));
    const grays = Float32Array.from({ length: 50 }, () => 100 * random.uniform());
    const input = JSON.stringify({ sizes: SIZES.map(({ width, height }) => [width, height]), options: options(zoom), rgb: photos.map(({ rgb }) => [...rgb]), steps: STEPS, share: SHARE, grays: [...grays] });
    const env = { ...process.env, PYTHONPATH: join(checkout, 'python/cluster'), PYTHONDONTWRITEBYTECODE: '1' };
    const there = JSON.parse(execFileSync(CLUSTER_PYTHON, ['-c', PROGRAM], { input, env, maxBuffer: 2 ** 28, encoding: 'utf8' })) as Answer;

    const plan = new PatchPlan(SIZES, options(zoom));
    const steps = Array.from({ length: STEPS }, (_, index) => index + 1);
    const patches = [...steps.flatMap((step) => plan.patchesOf(step)), ...steps.map((step) => plan.replacement(step, 1, 2))];
    expect(there.patches).toEqual(patches);
    expect(there.pieces).toEqual(patches.map((patch) => [...cutPiece(photos[patch.photo], patch, 32)]));
    expect(there.lightness).toEqual(steps.map((step) => [...changedLightness(grays, drawLightnessChange(SHARE, new Random(7, 'lightness', step - 1, 3)))]));
    expect(new Set(patches.map(({ side }) => side)).size).toBeGreaterThan(zoom === 1 ? 0 : 8);
  });
});
