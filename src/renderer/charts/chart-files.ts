/** A chart as a file: drawn anew at its own size, so that it needs no visible tab. */
import type { Chart } from '../../shared/charts/chart.js';
import { csvOf, jsonOf } from '../../shared/charts/table-file.js';
import { init } from './echarts.js';

export type ChartFormat = 'SVG' | 'PNG' | 'CSV' | 'JSON';

/** @param scale Pixels of a PNG for each CSS pixel. */
export async function chartFile(chart: Chart, format: ChartFormat, scale = 2): Promise<File> {
  switch (format) {
    case 'SVG': return new File([svgOf(chart)], `${chart.name}.svg`, { type: 'image/svg+xml' });
    case 'PNG': return new File([await pngOf(chart, scale)], `${chart.name}.png`, { type: 'image/png' });
    case 'CSV':
    case 'JSON': return tableFile(chart, format);
  }
}

/** The numbers alone. */
export function tableFile(chart: Pick<Chart, 'name' | 'title' | 'table'>, format: 'CSV' | 'JSON'): File {
  if (format === 'CSV') return new File([csvOf(chart.table)], `${chart.name}.csv`, { type: 'text/csv' });
  return new File([jsonOf(chart)], `${chart.name}.json`, { type: 'application/json' });
}

export function svgOf({ option, width, height }: Chart): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    drawing.setOption(option);
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
}

async function pngOf({ option, width, height }: Chart, scale: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const drawing = init(canvas, null, { renderer: 'canvas', width, height, devicePixelRatio: scale });
  try {
    drawing.setOption(option);
    drawing.getZr().flush();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The picture is larger than this browser can draw. Choose a smaller scale.');
    return blob;
  } finally {
    drawing.dispose();
  }
}
