/**
 * Draws charts without a window: ECharts to SVG on the server side, resvg to PNG with the bundled font.
 */
import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';
import * as echarts from 'echarts';
import type { Chart } from '../../../shared/charts/chart.js';

const FONTS = ['SourceSans3-Regular.ttf', 'SourceSans3-Semibold.ttf'].map((name) =>
  fileURLToPath(new URL(`../../../../resources/fonts/${name}`, import.meta.url)),
);

/** Pixels of a PNG for each CSS pixel: sharp on a projector, 190 dpi at 13 cm in print. */
const PIXEL_RATIO = 2;

/** The chart as a complete SVG document. */
export function chartSvg({ option, width, height }: Pick<Chart, 'option' | 'width' | 'height'>): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** The SVG of a chart as a PNG, of twice its size unless told. No font but the bundled one is looked at, so that every machine draws the same. */
export async function chartPng(svg: string, scale = PIXEL_RATIO): Promise<Uint8Array> {
  const picture = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'Source Sans 3', sansSerifFamily: 'Source Sans 3' },
  });
  return picture.asPng();
}
