/**
 * A chart made for a page, fitted into a part of the window: the same marks and axes, smaller text, no title (the window
 * names it), the plots stretched to the room there is.
 */
import type { EChartsOption } from 'echarts';
import type { Chart } from '../../shared/charts/chart.js';
import type { Box } from '../../shared/charts/frame.js';
import { CHART_FONT } from '../../shared/charts/theme.js';

const TEXT_SIZE = 11;
type Margin = Required<NonNullable<Chart['margin']>>;

const MARGIN: Margin = { left: 54, right: 30, top: 30, bottom: 36 };

/** Space between panels: labels of the axes, and the name above each. */
const BETWEEN = { x: 62, y: 66 };
/** Above panels whose series are told apart elsewhere. */
const MARGIN_BARE = 6;
/** Height of the line of names above panels. */
const CAPTION = 18;

/** @param size CSS pixels. */
export function fitted({ option, keepAspect = false, margin: own }: Chart, size: { width: number; height: number }): EChartsOption {
  const margin = { ...MARGIN, ...own };
  const grids = listOf(option.grid) as Box[];
  const captions = listOf(option.graphic) as Caption[];
  const placed = captions.length > 0 && isPanels(grids)
    ? panelBoxes(grids, size, keepAspect, { ...margin, top: option.legend === undefined ? MARGIN_BARE : margin.top })
    : stretchedBoxes(grids, size, keepAspect, { ...margin, top: margin.top + (captions.length > 0 ? CAPTION : 0) });
  return {
    ...option,
    backgroundColor: 'transparent',
    title: undefined,
    grid: placed.map((box, k) => ({ ...grids[k], ...box })),
    xAxis: listOf(option.xAxis).map((axis) => smaller(axis, 22)) as EChartsOption['xAxis'],
    yAxis: listOf(option.yAxis).map((axis) => smaller(axis, 42)) as EChartsOption['yAxis'],
    series: listOf(option.series).map(withSmallMarks) as EChartsOption['series'],
    legend: option.legend && legendOf(option.legend as Legend),
    ...(captions.length > 0 && { graphic: captions.map((caption) => captionBeside(caption, grids, placed)) as EChartsOption['graphic'] }),
  };
}

/** All marks stretched alike, as far as there is room. */
function stretchedBoxes(grids: readonly Box[], size: { width: number; height: number }, keepAspect: boolean, margin: Margin): Box[] {
  const right = Math.max(...grids.map((grid) => grid.left + grid.width));
  const bottom = Math.max(...grids.map((grid) => grid.top + grid.height));
  const [left, top] = [Math.min(...grids.map((grid) => grid.left)), Math.min(...grids.map((grid) => grid.top))];
  const room = {
    across: Math.max(20, size.width - margin.left - margin.right) / (right - left),
    down: Math.max(20, size.height - margin.top - margin.bottom) / (bottom - top),
  };
  const both = Math.min(room.across, room.down);
  const { across, down } = keepAspect ? { across: both, down: both } : room;
  return grids.map((grid) => ({
    left: margin.left + (grid.left - left) * across, top: margin.top + (grid.top - top) * down,
    width: grid.width * across, height: grid.height * down,
  }));
}

/** Panels under names: all of one size, in rows. */
function isPanels(grids: readonly Box[]): boolean {
  return grids.every(({ width, height }) => width === grids[0].width && height === grids[0].height);
}

/** Panels take what room there is; the space between them stays, since labels need it. */
function panelBoxes(grids: readonly Box[], size: { width: number; height: number }, keepAspect: boolean, margin: Margin): Box[] {
  const [lefts, tops] = [places(grids.map(({ left }) => left)), places(grids.map(({ top }) => top))];
  const above = margin.top + CAPTION;
  const across = Math.max(20, (size.width - margin.left - margin.right + BETWEEN.x) / lefts.length - BETWEEN.x);
  const down = Math.max(20, (size.height - above - margin.bottom + BETWEEN.y) / tops.length - BETWEEN.y);
  const [page] = grids;
  const both = Math.min(across / page.width, down / page.height);
  const [width, height] = keepAspect ? [page.width * both, page.height * both] : [across, down];
  return grids.map(({ left, top }) => ({
    left: margin.left + lefts.indexOf(left) * (width + BETWEEN.x), top: above + tops.indexOf(top) * (height + BETWEEN.y), width, height,
  }));
}

function places(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** A text on the page beside its plots. */
interface Caption {
  left?: number;
  top?: number;
  style?: { text?: string; fill?: string; font?: string };
}

/** A name moved to where its plot went: it stands as far above or below the plot's upper edge as the smaller text asks. */
function captionBeside(caption: Caption, grids: readonly Box[], placed: readonly Box[]): object {
  const { left = 0, top = 0, style } = caption;
  const k = nearestBelow(left, top, grids);
  const [from, to] = [grids[k], placed[k]];
  const within = (at: number, start: number, length: number, newLength: number) => (at - start < 0 ? at - start : ((at - start) * newLength) / length);
  return {
    ...caption,
    left: Math.max(0, to.left + within(left, from.left, from.width, to.width)),
    top: top < from.top ? to.top - CAPTION : to.top + within(top, from.top, from.height, to.height),
    style: { ...style, font: `600 ${TEXT_SIZE}px ${CHART_FONT}` },
  };
}

/** The plot that a text stands above; else the first. */
function nearestBelow(left: number, top: number, grids: readonly Box[]): number {
  const under = grids.map((grid, index) => ({ index, gap: grid.top - top, aside: Math.abs(grid.left - left) })).filter(({ gap }) => gap >= 0);
  return under.sort((a, b) => a.gap - b.gap || a.aside - b.aside)[0]?.index ?? 0;
}

interface Legend {
  type?: 'plain' | 'scroll';
  textStyle?: object;
  orient?: 'horizontal' | 'vertical';
}

/** Above the plot; a list one below the other stands where the page has it, in the plot's lower right. */
function legendOf(legend: Legend): object {
  const place = legend.orient === 'vertical' ? { right: MARGIN.right + 8, bottom: MARGIN.bottom + 6, itemGap: 4, itemWidth: 26 } : { top: 0, right: 8, itemWidth: 16, ...(legend.type === 'scroll' && { left: MARGIN.left }) };
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
