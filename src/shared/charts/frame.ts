/**
 * What all charts share: title, note, axes, text sizes, number formats.
 */
import type { EChartsOption } from 'echarts';
import { CHART_FONT, type ChartTheme } from './theme.js';

/** A box in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const TITLE_SIZE = 20;
export const TEXT_SIZE = 14;

/** Title, note below it, fonts and background of a chart. */
export function frame(title: string, note: string, theme: ChartTheme): EChartsOption {
  return {
    animation: false,
    backgroundColor: theme.background,
    textStyle: { fontFamily: CHART_FONT, fontSize: TEXT_SIZE, color: theme.ink },
    title: {
      text: title, subtext: note, left: 20, top: 14, itemGap: 6,
      textStyle: { fontFamily: CHART_FONT, fontSize: TITLE_SIZE, fontWeight: 600, color: theme.ink },
      subtextStyle: { fontFamily: CHART_FONT, fontSize: TEXT_SIZE, color: theme.quiet, lineHeight: 18 },
    },
  };
}

interface AxisOptions {
  name?: string;
  /** Distance of the name from the axis. */
  gap?: number;
  values?: number[];
  format?: (value: number) => string;
}

/** An axis in the chart's look; spread it and add type and range. */
export function axis(theme: ChartTheme, { name, gap = 34, values, format = grouped }: AxisOptions = {}) {
  return {
    name,
    nameLocation: 'middle' as const,
    nameGap: gap,
    nameTextStyle: { color: theme.ink, fontFamily: CHART_FONT, fontSize: TEXT_SIZE },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: true, lineStyle: { color: theme.line }, ...(values && { customValues: values }) },
    axisLabel: { color: theme.quiet, fontFamily: CHART_FONT, fontSize: TEXT_SIZE, formatter: format, ...(values && { customValues: values }) },
    splitLine: { show: true, lineStyle: { color: theme.faint } },
    minorTick: { show: false },
  };
}

/** An axis that only gives a scale: nothing of it is seen. */
export const HIDDEN_AXIS = {
  axisLine: { show: false }, axisTick: { show: false }, axisLabel: { show: false }, splitLine: { show: false },
} as const;

/** A legend at the top right. */
export function legend(theme: ChartTheme, names: string[]) {
  return { data: names, right: 24, top: 20, itemWidth: 26, textStyle: { color: theme.ink, fontFamily: CHART_FONT, fontSize: TEXT_SIZE } };
}

/** Digits in groups of three, a true minus sign. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '\u2212');
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A power of ten as people write it: 1, 1,000, 10⁶, 10⁻⁵. */
export function powerOfTen(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (exponent >= -2 && exponent < 6) return grouped(10 ** exponent);
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}
