import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { chartPng, chartSvg } from '../../../../src/main/core/charts/render.js';
import { curvesChart } from '../../../../src/shared/charts/labs/activations.js';
import { abHistogramChart } from '../../../../src/shared/charts/ab-histogram.js';
import type { Chart } from '../../../../src/shared/charts/chart.js';
import { filterChart } from '../../../../src/shared/charts/filter-grid.js';
import { priorChart } from '../../../../src/shared/charts/prior-chart.js';
import { aucChart, lossChart } from '../../../../src/shared/charts/training-curves.js';
import { usedTilesChart } from '../../../../src/shared/charts/used-tiles.js';
import { rebalancingWeights } from '../../../../src/shared/colour/prior.js';
import { metricsTo, someCells } from '../../../shared/charts/chart-data.js';
import { nineBins } from '../../../shared/colour/fixture.js';
import { differingShare } from './picture-difference.js';

/** Share of the pixels of a golden picture that may differ. */
const TOLERANCE = 0.0005;

const bins = nineBins();
const curves = { run: 'coast', metrics: metricsTo(300), resumes: [120] };
const CHARTS: Chart[] = [
  abHistogramChart({ cells: someCells(), photographs: 3 }),
  usedTilesChart(bins),
  priorChart({ bins, weights: rebalancingWeights(bins, { lambda: 0.5, smoothing: 0 }), settings: 'lambda 0.5, not smoothed' }),
  lossChart(curves),
  aucChart(curves),
  filterChart({ layer: 'conv1', shape: [3, 3, 1, 24], values: Float32Array.from({ length: 216 }, (_, k) => ((k * 37) % 101) / 50 - 1) }),
];

function goldenOf(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/charts/${name}.png`, import.meta.url));
}

async function draw(chart: Chart): Promise<Uint8Array> {
  return chartPng(chartSvg(chart));
}

describe.each(CHARTS)('$name', (chart) => {
  it('looks like its golden picture', async () => {
    const png = await draw(chart);
    const golden = goldenOf(chart.name);
    // A new golden picture is looked at, then committed: CHROMABENCH_GOLDEN=write.
    if (process.env.CHROMABENCH_GOLDEN === 'write' || !existsSync(golden)) {
      expect(process.env.CHROMABENCH_GOLDEN, `no golden picture ${golden}`).toBe('write');
      await writeFile(golden, png);
    }
    expect(await differingShare(png, await readFile(golden))).toBeLessThan(TOLERANCE);
  });

  it('is a whole SVG that names the font and its fallbacks, and has no value that is not a number', async () => {
    const svg = chartSvg(chart);
    expect(svg).toMatch(/^<svg [^>]*width="\d+"[^>]*>[^]*<\/svg>$/);
    expect(svg).toContain('Source Sans 3');
    expect(svg).toContain('sans-serif');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect([width, height]).toEqual([chart.width, chart.height]);
  });

  it('is drawn at twice its size, with text that can be seen', async () => {
    const png = await draw(chart);
    const { width, height } = await sharp(png).metadata();
    expect([width, height]).toEqual([2 * chart.width, 2 * chart.height]);
    const untitled = { ...chart, option: { ...chart.option, title: undefined } };
    const title = await sharp(png).extract({ left: 0, top: 0, width: 600, height: 80 }).png().toBuffer();
    const blank = await sharp(await draw(untitled)).extract({ left: 0, top: 0, width: 600, height: 80 }).png().toBuffer();
    expect(await differingShare(title, blank)).toBeGreaterThan(0.01);
  });
});

describe('the comparison with golden pictures', () => {
  const [chart] = CHARTS.slice(3);

  it('finds a picture equal to itself, and to one whose colours are a shade off', async () => {
    const png = await draw(chart);
    expect(await differingShare(png, png)).toBe(0);
    expect(await differingShare(png, await sharp(png).linear(0.97).png().toBuffer())).toBe(0);
  });

  it('finds a missing line, a missing title, another value and another size', async () => {
    const png = await draw(chart);
    const series = chart.option.series as { data: [number, number][] }[];
    const moved = series.map((one, k) => (k === 1 ? { ...one, data: one.data.map(([step, v]) => [step, v + 0.1]) } : one));
    for (const option of [{ ...chart.option, series: series.slice(0, 1) }, { ...chart.option, title: undefined }, { ...chart.option, series: moved }]) {
      expect(await differingShare(png, await draw({ ...chart, option: option as Chart['option'] }))).toBeGreaterThan(TOLERANCE);
    }
    expect(await differingShare(png, await sharp(png).resize(100).png().toBuffer())).toBe(1);
  });
});

it('a spread that reaches zero stays a band on the axis of a logarithm', () => {
  const reports = [0.001, 0.01].flatMap((loss, run) => [0, 1, 2].map((epoch) => ({
    activation: 'relu' as const, normalization: 'without' as const, run, epoch, step: epoch * 10, seconds: epoch, loss, accuracy: 90, test: { loss, accuracy: 90, layers: [] },
  })));
  expect(chartSvg(curvesChart(reports, 'loss'))).not.toMatch(/NaN|Infinity/);
});
