/**
 * Many rectangles in few shapes: an SVG with a path a colour instead of a node a cell stays small, and cells that lie on whole
 * pixels meet without seams.
 */
import type { CustomSeriesOption } from 'echarts';

/** In the units of the axes; y0 <= y1. */
export interface Rectangle {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  colour: string;
}

/** A series that draws rectangles on one pair of axes. */
export function rectangleSeries(rectangles: readonly Rectangle[], axes: { xAxisIndex?: number; yAxisIndex?: number } = {}): CustomSeriesOption {
  const byColour = [...groupByColour(rectangles)];
  return {
    type: 'custom',
    ...axes,
    silent: true,
    // One datum a colour; the geometry is in the closure, since a datum holds numbers only.
    data: byColour.map((_, k) => [k]),
    encode: { x: -1, y: -1 },
    renderItem: ({ dataIndex }, api) => {
      const [colour, group] = byColour[dataIndex];
      const pathData = group.map((r) => outline(api.coord([r.x0, r.y1]), api.coord([r.x1, r.y0]))).join('');
      return { type: 'path', shape: { pathData }, style: { fill: colour } };
    },
  };
}

function groupByColour(rectangles: readonly Rectangle[]): Map<string, Rectangle[]> {
  const groups = new Map<string, Rectangle[]>();
  for (const rectangle of rectangles) {
    const group = groups.get(rectangle.colour);
    if (group) group.push(rectangle);
    else groups.set(rectangle.colour, [rectangle]);
  }
  return groups;
}

function outline([left, top]: number[], [right, bottom]: number[]): string {
  return `M${short(left)} ${short(top)}H${short(right)}V${short(bottom)}H${short(left)}Z`;
}

function short(v: number): string {
  return String(Math.round(v * 100) / 100);
}
