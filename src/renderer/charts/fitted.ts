/**
 * A chart made for a page, fitted into a part of the window: the same marks and axes, smaller text, no title (the window
 * names it), the plots stretched to the room there is.
 */
import type { EChartsOption } from 'echarts';
import type { Chart } from '../../shared/charts/chart.js';
import type { Box } from '../../shared/charts/frame.js';

const TEXT_SIZE = 11;
const MARGIN = { left: 54, right: 30, top: 30, bottom: 36 };

/** @param size CSS pixels. */
export function fitted({ option, keepAspect = false }: Chart, size: { width: number; height: number }): EChartsOption {
  const grids = listOf(option.grid) as Box[];
  const right = Math.max(...grids.map((grid) => grid.left + grid.width));
  const bottom = Math.max(...grids.map((grid) => grid.top + grid.height));
  const [left, top] = [Math.min(...grids.map((grid) => grid.left)), Math.min(...grids.map((grid) => grid.top))];
  const room = {
    across: Math.max(20, size.width - MARGIN.left - MARGIN.right) / (right - left),
    down: Math.max(20, size.height - MARGIN.top - MARGIN.bottom) / (bottom - top),
  };
  const both = Math.min(room.across, room.down);
  const { across, down } = keepAspect ? { across: both, down: both } : room;
  return {
    ...option,
    backgroundColor: 'transparent',
    title: undefined,
    grid: grids.map((grid) => ({
      ...grid,
      left: MARGIN.left + (grid.left - left) * across, top: MARGIN.top + (grid.top - top) * down,
      width: grid.width * across, height: grid.height * down,
    })),
    xAxis: listOf(option.xAxis).map((axis) => smaller(axis, 22)) as EChartsOption['xAxis'],
    yAxis: listOf(option.yAxis).map((axis) => smaller(axis, 42)) as EChartsOption['yAxis'],
    series: listOf(option.series).map(withSmallMarks) as EChartsOption['series'],
    legend: option.legend && legendOf(option.legend as Legend),
  };
}

interface Legend {
  textStyle?: object;
  orient?: 'horizontal' | 'vertical';
}

/** Above the plot; a list one below the other stands where the page has it, in the plot's lower right. */
function legendOf(legend: Legend): object {
  const place = legend.orient === 'vertical' ? { right: MARGIN.right + 8, bottom: MARGIN.bottom + 6, itemGap: 4, itemWidth: 26 } : { top: 0, right: 8, itemWidth: 16 };
  return { ...legend, ...place, itemHeight: 8, textStyle: textOf(legend.textStyle) };
}

interface Axis {
  name?: string;
  nameTextStyle?: object;
  axisLabel?: object;
}

function listOf(value: unknown): object[] {
  return Array.isArray(value) ? value : value ? [value as object] : [];
}

function smaller(axis: Axis, nameGap: number): object {
  return { ...axis, nameGap, nameTextStyle: textOf(axis.nameTextStyle), axisLabel: { hideOverlap: true, ...axis.axisLabel, fontSize: TEXT_SIZE } };
}

interface Marked {
  markPoint?: { label?: object };
  markLine?: { label?: object };
}

function withSmallMarks(series: Marked): object {
  const { markPoint, markLine } = series;
  return {
    ...series,
    ...(markPoint && { markPoint: { ...markPoint, symbolSize: 12, label: textOf(markPoint.label) } }),
    ...(markLine && { markLine: { ...markLine, label: textOf(markLine.label) } }),
  };
}

function textOf(style: object | undefined): object {
  return { ...style, fontSize: TEXT_SIZE };
}
