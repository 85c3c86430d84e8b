/** What goes on in the layers of compared networks: silent units and mean outputs over the training, outputs at one moment of it. */
import type { LineSeriesOption } from 'echarts';
import { NORMALIZATIONS, type Normalization } from '../../labs/activations/config.js';
import { ACTIVATION_KINDS, ACTIVATION_NAMES, type ActivationKind } from '../../labs/activations/functions.js';
import { ACTIVITY_RANGE, type ActivationsReport, type LayerActivity, type Variant } from '../../labs/activations/results.js';
import type { Chart } from '../chart.js';
import { axis, frame, legend } from '../frame.js';
import { PAPER, type ChartTheme } from '../theme.js';
import { activationLook } from './activation-look.js';
import { panelsOf } from './panels.js';

/** What the layers of a network gave over the test pictures looked at. */
export interface LayerSight extends Pick<Variant, 'activation' | 'normalization'> {
  layers: readonly LayerActivity[];
}

export type LayerMeasure = 'silent' | 'mean';

const MEASURES: Record<LayerMeasure, { name: string; title: string; note: string; axis: string; of(layer: LayerActivity): number | null | undefined }> = {
  silent: {
    name: 'activations-silent-units', title: 'Silent units', axis: 'share (%)',
    note: 'Units that are never above zero on the test pictures looked at; with ReLU these are dead',
    // Outputs that are no numbers are not silent.
    of: ({ silent, mean }) => (mean === null ? null : silent),
  },
  mean: {
    name: 'activations-mean-outputs', title: 'Mean outputs', axis: 'output',
    note: 'Mean of all outputs of a layer over the test pictures looked at: the nearer to zero, the less it shifts the next layer',
    of: ({ mean }) => mean,
  },
};

/** A cell a layer, with and without normalization; names are short, since they stand beside each other. */
function cellsOf(sights: readonly LayerSight[]) {
  const layers = sights[0]?.layers.map(({ layer }) => layer) ?? [];
  const normalizations = NORMALIZATIONS.filter((kind) => sights.some(({ normalization }) => normalization === kind));
  const suffix = (normalization: Normalization) => (normalizations.length === 1 ? '' : normalization === 'with' ? ', normalized' : ', not normalized');
  return normalizations.flatMap((normalization) => layers.map((layer, at) => ({ normalization, at, name: `${layerName(layer)}${suffix(normalization)}` })));
}

/** `dense1` as people say it. */
function layerName(layer: string): string {
  const [, kind, number] = /^(conv|dense)(\d+)$/.exec(layer) ?? [];
  if (number === undefined) return layer;
  return `${kind === 'conv' ? 'Convolution' : 'Layer'} ${number}`;
}

function kindsOf(sights: readonly LayerSight[]): ActivationKind[] {
  return ACTIVATION_KINDS.filter((kind) => sights.some(({ activation }) => activation === kind));
}

/** A figure of each layer over the epochs, the first run of each activation. */
export function layersChart(reports: readonly ActivationsReport[], measure: LayerMeasure, theme: ChartTheme = PAPER): Chart {
  const { name, title, note, axis: quantity, of } = MEASURES[measure];
  const sights = reports.filter(({ run }) => run === 0).flatMap(({ activation, normalization, epoch, test }) => (test ? [{ activation, normalization, epoch, layers: test.layers }] : []));
  const [cells, kinds] = [cellsOf(sights), kindsOf(sights)];
  const panels = panelsOf({ names: cells.map((cell) => cell.name), columns: 2, panel: { width: 420, height: 200 }, top: 116, theme });
  const curves = cells.flatMap(({ normalization, at }, panel) => kinds.map((kind) => ({
    panel, normalization, at, kind,
    points: sights.filter((sight) => sight.normalization === normalization && sight.activation === kind)
      .sort((a, b) => a.epoch - b.epoch).map(({ epoch, layers }) => ({ epoch, layer: layers[at].layer, value: of(layers[at]) ?? null })),
  })));
  return {
    name, title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, note, theme),
      legend: { ...legend(theme, kinds.map((kind) => ACTIVATION_NAMES[kind])), left: 20, right: undefined, top: 66 },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'epoch', gap: 28 }), gridIndex, type: 'value' as const, min: 0, minInterval: 1 })),
      yAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: quantity, gap: 44 }), gridIndex, type: 'value' as const, ...(measure === 'silent' && { min: 0 }) })),
      series: curves.map(({ panel, kind, points }) => layerLine(points.map(({ epoch, value }) => [epoch, value ?? NaN]), panel, kind, theme)),
    },
    table: {
      columns: ['activation', 'normalization', 'layer', 'epoch', measure === 'silent' ? 'silent units (%)' : 'mean output'],
      rows: curves.flatMap(({ kind, normalization, points }) => points.map(({ layer, epoch, value }) => [kind, normalization, layer, epoch, value])),
    },
  };
}

function layerLine(data: number[][], panel: number, kind: ActivationKind, theme: ChartTheme): LineSeriesOption {
  const { colour, dash, symbol } = activationLook(kind, theme);
  return {
    name: ACTIVATION_NAMES[kind], xAxisIndex: panel, yAxisIndex: panel, type: 'line', symbol, symbolSize: data.length > 40 ? 0 : 6,
    data, lineStyle: { color: colour, width: 2, type: dash }, itemStyle: { color: colour },
  };
}

const LEAST_SHARE = 1e-4;

/**
 * How the outputs of each layer are spread.
 * @param sights One of each activation and normalization. @param when `after the training`, `after epoch 3`.
 */
export function distributionsChart(sights: readonly LayerSight[], when: string, theme: ChartTheme = PAPER): Chart {
  const { low, high, steps } = ACTIVITY_RANGE;
  const centre = (k: number) => low + ((k + 0.5) * (high - low)) / steps;
  const [cells, kinds] = [cellsOf(sights), kindsOf(sights)];
  const panels = panelsOf({ names: cells.map((cell) => cell.name), columns: 2, panel: { width: 420, height: 200 }, top: 116, theme });
  const title = 'Outputs of the layers';
  return {
    name: 'activations-outputs', title, width: panels.width, height: panels.height,
    option: {
      ...frame(title, `Share of the outputs by value, ${when}; beyond ${low} and ${high} counted at the edge`.replace(`${low}`, `\u2212${-low}`), theme),
      legend: { ...legend(theme, kinds.map((kind) => ACTIVATION_NAMES[kind])), left: 20, right: undefined, top: 66 },
      graphic: panels.captions,
      grid: panels.boxes,
      xAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'output', gap: 28 }), gridIndex, type: 'value' as const, min: low, max: high })),
      yAxis: cells.map((_, gridIndex) => ({ ...axis(theme, { name: 'share', gap: 52 }), gridIndex, type: 'log' as const, min: LEAST_SHARE, max: 1 })),
      series: cells.flatMap(({ normalization, at }, panel) => sights.filter((sight) => sight.normalization === normalization).map(({ activation, layers }): LineSeriesOption => ({
        ...layerLine(layers[at].shares.map((share, k) => [centre(k), Math.max(share, LEAST_SHARE)]), panel, activation, theme), symbol: 'none', step: 'middle',
      }))),
    },
    table: {
      columns: ['activation', 'normalization', 'layer', 'output', 'share'],
      rows: sights.flatMap(({ activation, normalization, layers }) => layers.flatMap(({ layer, shares }) => shares.map((share, k) => [activation, normalization, layer, centre(k), share]))),
    },
  };
}
