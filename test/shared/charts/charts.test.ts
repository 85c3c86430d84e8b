import { describe, expect, it } from 'vitest';
import { abHistogramChart } from '../../../src/shared/charts/ab-histogram.js';
import type { Chart } from '../../../src/shared/charts/chart.js';
import { filterChart } from '../../../src/shared/charts/filter-grid.js';
import { grouped, powerOfTen } from '../../../src/shared/charts/frame.js';
import { priorChart } from '../../../src/shared/charts/prior-chart.js';
import { DARK } from '../../../src/shared/charts/theme.js';
import { aucChart, lossChart } from '../../../src/shared/charts/training-curves.js';
import { usedTilesChart } from '../../../src/shared/charts/used-tiles.js';
import { gamutBins } from '../../../src/shared/colour/bins.js';
import { rebalancingWeights } from '../../../src/shared/colour/prior.js';
import { histogramOf, nineBins } from '../colour/fixture.js';
import { metricsTo, someCells } from './chart-data.js';

function column({ table }: Chart, name: string): unknown[] {
  return table.rows.map((row) => row[table.columns.indexOf(name)]);
}

function noteOf({ option }: Chart): string {
  return (option.title as { subtext: string }).subtext;
}

interface Named {
  name?: string;
  data?: unknown[];
  markLine?: { data: { xAxis: number }[] };
  markPoint?: { data: { coord: number[] }[] };
}

function seriesOf({ option }: Chart): Named[] {
  return option.series as Named[];
}

describe('the ab histogram', () => {
  const chart = abHistogramChart({ cells: someCells(), photographs: 3 });

  it('has a row a cell that adds up to the pixels, with the lower corner of the cell', () => {
    const pixels = someCells().reduce((sum, [, , count]) => sum + count, 0);
    expect(column(chart, 'pixels').reduce((sum: number, v) => sum + Number(v), 0)).toBe(pixels);
    expect(chart.table.rows[0]).toEqual([-20, -20, 1]);
    expect(noteOf(chart)).toBe(`${grouped(pixels)} pixels of 3 photographs, counted in cells of one ab unit`);
  });

  it('is a chart of nothing where nothing was counted', () => {
    expect(abHistogramChart({ cells: [], photographs: 0 }).table.rows).toEqual([]);
  });

  it('differs in colour only in another theme', () => {
    const dark = abHistogramChart({ cells: someCells(), photographs: 3 }, DARK);
    expect(dark.option.backgroundColor).toBe(DARK.background);
    expect([dark.width, dark.height, dark.table]).toEqual([chart.width, chart.height, chart.table]);
  });
});

describe('the tiles used', () => {
  it('say Q and give corner, colour and share of each bin', () => {
    const chart = usedTilesChart(nineBins());
    expect(noteOf(chart)).toContain('Q = 9 of 484 tiles');
    expect(chart.name).toBe('used-tiles-window-10');
    expect(chart.table.rows[8].slice(0, 5)).toEqual([8, 10, 10, 10, 10]);
    expect(column(chart, 'share').reduce((sum: number, v) => sum + Number(v), 0)).toBeCloseTo(1, 12);
  });
});

describe('prior and weights', () => {
  it('go from the commonest bin to the rarest, and the weights the other way', () => {
    const bins = nineBins();
    const chart = priorChart({ bins, weights: rebalancingWeights(bins, { lambda: 0.5, smoothing: 0 }), settings: 'lambda 0.5' });
    const p = column(chart, 'prior p') as number[];
    const w = column(chart, 'weight w') as number[];
    expect(p).toEqual([...p].sort((x, y) => y - x));
    expect(w).toEqual([...w].sort((x, y) => x - y));
    expect(p.reduce((sum, v, k) => sum + v * w[k], 0)).toBeCloseTo(1, 12);
  });

  it('leave a gap for bins without pixels: a logarithm of 0 is nowhere', () => {
    const bins = gamutBins(20, histogramOf([{ a: 1, b: 2, count: 90 }, { a: 21, b: 2, count: 10 }]));
    const chart = priorChart({ bins, weights: rebalancingWeights(bins, { lambda: 0.5, smoothing: 0 }), settings: '' });
    const points = seriesOf(chart)[0].data as [number, number | null][];
    expect(points.filter(([, v]) => v !== null)).toHaveLength(2);
    const [axis] = chart.option.yAxis as { min: number; max: number }[];
    expect([axis.min, axis.max]).toEqual([0.1, 1]);
  });
});

describe('training curves', () => {
  const data = { run: 'coast', metrics: metricsTo(300), resumes: [120] };

  it('show every report and every validation, the best one named, and where the training was taken up again', () => {
    const chart = lossChart(data);
    const [training, validation] = seriesOf(chart);
    expect([training.name, validation.name]).toEqual(['training', 'validation']);
    expect(training.data).toHaveLength(30);
    expect(validation.data).toHaveLength(6);
    expect(validation.markPoint!.data[0].coord[0]).toBe(300);
    expect(training.markLine!.data).toEqual([{ xAxis: 120 }]);
    expect(noteOf(chart)).toBe('coast, 300 steps; taken up again at step 120');
    expect(column(chart, 'validation loss').filter((v) => v !== null)).toHaveLength(6);
  });

  it('show accuracy where it was measured', () => {
    const chart = aucChart(data);
    expect(seriesOf(chart).map(({ name }) => name)).toEqual(['AuC', 'AuC, rebalanced']);
    expect(column(chart, 'step')).toEqual([50, 100, 150, 200, 250, 300]);
  });

  it('pass over a loss that is not a number, and can be empty', () => {
    const broken = metricsTo(20);
    broken[1].loss = NaN;
    expect(seriesOf(lossChart({ ...data, metrics: broken }))[0].data).toHaveLength(1);
    expect(lossChart({ ...data, metrics: [] }).table.rows).toEqual([]);
  });
});

describe('filters', () => {
  const values = (n: number): Float32Array => Float32Array.from({ length: n }, (_, k) => ((k * 37) % 101) / 50 - 1);

  it('of one input are laid out row by row, each weight once', () => {
    const chart = filterChart({ layer: 'encoder/conv1', shape: [3, 3, 1, 24], values: values(216) });
    expect(chart.name).toBe('filters-encoder-conv1');
    expect(noteOf(chart)).toBe('3 × 3, 1 → 24 channels');
    expect(chart.table.rows).toHaveLength(216);
    expect(chart.table.rows[9]).toEqual([0, 1, 0, 0, values(216)[1]]);
  });

  it('of a wide layer are drawn from the first ones on, and the note says so; the table has them all', () => {
    const chart = filterChart({ layer: 'conv5', shape: [1, 1, 40, 30], values: values(1200) });
    expect(noteOf(chart)).toBe('1 × 1, 40 → 30 channels; shown: the first 16 of 40 inputs, the first 16 of 30 outputs');
    expect(chart.table.rows).toHaveLength(1200);
    expect(chart.table.rows.at(-1)).toEqual([39, 29, 0, 0, values(1200)[39 * 30 + 29]]);
  });

  it('of a page of a layer say which ones they are, on the scale that they are given', () => {
    const part = { firstInput: 16, firstOutput: 32, inputs: 40, outputs: 64 };
    const chart = filterChart({ layer: 'conv5', shape: [1, 1, 16, 16], values: values(256), part, limit: 3, step: 400 });
    expect(chart.name).toBe('filters-conv5-step-400');
    expect(noteOf(chart)).toBe('1 × 1, 40 → 64 channels, step 400; shown: inputs 17 to 32 of 40, outputs 33 to 48 of 64');
    expect(chart.table.rows[0]).toEqual([16, 32, 0, 0, values(256)[0]]);
    expect((chart.option.yAxis as { max: number }[])[1].max).toBe(3);
  });

  it('of a layer too large for a table have those shown in it', () => {
    const chart = filterChart({ layer: 'conv6', shape: [1, 1, 512, 512], values: values(512 * 512) });
    expect(chart.table.rows).toHaveLength(16 * 16);
  });

  it('lie on a scale that is centred at zero', () => {
    const chart = filterChart({ layer: 'dense', shape: [2, 2], values: Float32Array.of(-0.5, 0.25, 0, 0.1) });
    const [, bar] = chart.option.yAxis as { min: number; max: number }[];
    expect([bar.min, bar.max]).toEqual([-0.5, 0.5]);
    expect(filterChart({ layer: 'zeros', shape: [2, 2], values: new Float32Array(4) }).table.rows).toHaveLength(4);
  });

  it('refuse weights that do not fit their shape', () => {
    expect(() => filterChart({ layer: 'conv1', shape: [3, 3, 1, 2], values: values(9) })).toThrow('conv1: 9 weights are not of shape 3 x 3 x 1 x 2');
  });
});

describe('numbers', () => {
  it('have digits in groups of three and true minus signs', () => {
    expect([1234567.5, -0.25, 0].map(grouped)).toEqual(['1,234,567.5', '−0.25', '0']);
    expect([0.01, 1e-3, 1, 1e5, 1e6, 1e-12].map(powerOfTen)).toEqual(['0.01', '10⁻³', '1', '100,000', '10⁶', '10⁻¹²']);
  });
});
