import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS_PRESETS } from '../../../../src/shared/labs/activations/config.js';
import { OUTLIERS_DEFAULT, REGULARIZATION_PRESETS, SWEEP_DEFAULT } from '../../../../src/shared/labs/regularization/presets.js';
import { csvOf } from '../../../../src/shared/charts/table-file.js';
import { chartPng, chartSvg } from '../../../../src/main/core/charts/render.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { quietContext } from '../../../../src/main/core/job.js';
import { compareActivations } from '../../../../src/main/core/labs/activations/comparison.js';
import { chartsOfLab } from '../../../../src/main/core/labs/lab-charts.js';
import { runRegularization } from '../../../../src/main/core/labs/regularization/experiment.js';
import { runOutliers } from '../../../../src/main/core/labs/regularization/outliers.js';
import { runSweep } from '../../../../src/main/core/labs/regularization/sweep.js';
import { sharp } from '../../../../src/main/core/photos/codec.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

const folder = await temporaryFolder('lab-charts');
const post = REGULARIZATION_PRESETS.post.config;

/** Every chart draws: a picture with marks in it, no number that is none, a table that fits its columns. */
async function expectDrawn(run: string, names: readonly string[]): Promise<void> {
  const charts = await chartsOfLab(run);
  expect(charts.map(({ name }) => name)).toEqual(names);
  for (const chart of charts) {
    const svg = chartSvg(chart);
    expect(svg, chart.name).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg).toContain(chart.title);
    const { dominant, channels } = await sharp(await chartPng(svg)).stats();
    // White paper with something drawn on it.
    expect(Math.min(dominant.r, dominant.g, dominant.b), chart.name).toBeGreaterThan(200);
    expect(Math.max(...channels.map(({ stdev }) => stdev)), chart.name).toBeGreaterThan(5);
    expect(chart.table.rows.length, chart.name).toBeGreaterThan(0);
    for (const row of chart.table.rows) expect(row.length, chart.name).toBe(chart.table.columns.length);
    expect(csvOf(chart.table)).not.toMatch(/NaN|undefined/);
  }
}

describe('charts of a laboratory', () => {
  it('of a regularization experiment, one of whose penalties diverges, are all drawn', async () => {
    const config = { ...post, runs: 2, epochs: 5, penalty: { ...post.penalty, kinds: ['l1' as const, 'l2' as const, 'l1-proximal' as const], lambda: 300 } };
    const { run, result } = await runRegularization({ config, out: join(folder, 'penalties') }, quietContext());
    expect(result.penalties[1].error.mean).toBeNull();
    await expectDrawn(run, ['regularization-fit', 'regularization-loss', 'regularization-zeros', 'regularization-errors', 'weights', 'penalty-shapes']);
  });

  it('of a sweep and of a comparison of losses are drawn', async () => {
    const sweep = await runSweep({ config: { ...SWEEP_DEFAULT, epochs: 3, sweep: { lambdas: [0, 0.1, 1], folds: 2 } }, out: join(folder, 'sweep') }, quietContext());
    await expectDrawn(sweep.run, ['lambda-sweep']);
    const outliers = await runOutliers({ config: { ...OUTLIERS_DEFAULT, runs: 2, epochs: 3 }, out: join(folder, 'outliers') }, quietContext());
    await expectDrawn(outliers.run, ['outliers']);
  });

  it('of a comparison of activations are drawn', async () => {
    const { config } = ACTIVATIONS_PRESETS.post;
    const small = { ...config, runs: 2, epochs: 2, activations: ['relu' as const, 'rrelu' as const], data: { ...config.data, training: 240, test: 100 }, network: { ...config.network, hidden: [16] } };
    const { run } = await compareActivations({ config: { ...small, normalization: { ...small.normalization, kinds: ['without'] } }, out: join(folder, 'activations') }, quietContext());
    await expectDrawn(run, ['activations', 'activations-accuracy', 'activations-loss', 'activations-silent-units', 'activations-mean-outputs', 'activations-outputs', 'confusion-relu-without', 'confusion-rrelu-without']);
  });
});

afterAll(() => {
  expect(heldTensors()).toBe(0);
});
