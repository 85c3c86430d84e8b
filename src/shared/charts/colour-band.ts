/**
 * Bands of colour without seams: the legend of a scale, and the chromaticities along an axis.
 */
import type { CustomSeriesOption } from 'echarts';

/** Colours are given at so many places of a band; between them ECharts interpolates. */
const STOPS = 40;

interface BandAxes {
  xAxisIndex: number;
  yAxisIndex: number;
}

/**
 * A series that fills its grid with a gradient.
 * @param direction of growing places: to the right, or up
 * @param colourAt colour at a place 0..1 of the band
 */
export function colourBand(direction: 'right' | 'up', axes: BandAxes, colourAt: (place: number) => string): CustomSeriesOption {
  const colorStops = Array.from({ length: STOPS + 1 }, (_, k) => ({ offset: k / STOPS, color: colourAt(direction === 'right' ? k / STOPS : 1 - k / STOPS) }));
  const [x2, y2] = direction === 'right' ? [1, 0] : [0, 1];
  return {
    type: 'custom',
    ...axes,
    silent: true,
    data: [[0]],
    encode: { x: -1, y: -1 },
    renderItem: ({ coordSys }) => {
      const { x, y, width, height } = coordSys as unknown as { x: number; y: number; width: number; height: number };
      return { type: 'rect', shape: { x, y, width, height }, style: { fill: { type: 'linear', x: 0, y: 0, x2, y2, colorStops } } };
    },
  };
}
