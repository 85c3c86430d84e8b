/** The cluster's side, file by file, by Python's own unittest: without a cluster. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLUSTER_PYTHON } from '../e2e/ray-head.js';

const folder = join(import.meta.dirname, 'cluster');
const program = join(import.meta.dirname, '../../python/cluster');
const files = readdirSync(folder).filter((name) => name.endsWith('.py')).sort();

describe.skipIf(CLUSTER_PYTHON === '')("the cluster's side", () => {
  test.each(files)('%s', (name) => {
    const { status, stderr } = spawnSync(CLUSTER_PYTHON, ['-B', '-m', 'unittest', name], {
      cwd: folder, encoding: 'utf8', env: { ...process.env, PYTHONPATH: program, TF_CPP_MIN_LOG_LEVEL: '2', CUDA_VISIBLE_DEVICES: '', RAY_USAGE_STATS_ENABLED: '0' },
    });
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/^Ran [1-9]\d* tests?/m);
  }, 180_000);
});
