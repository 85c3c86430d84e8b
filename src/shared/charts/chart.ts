/**
 * A chart: what ECharts draws, at which size it looks right, and the numbers behind it.
 */
import type { EChartsOption } from 'echarts';

export interface Chart {
  /** Of its files, without the ending: `ab-histogram`. */
  name: string;
  title: string;
  option: EChartsOption;
  /** CSS pixels. */
  width: number;
  height: number;
  /** Its marks are pictures: fitted into other room, width and height keep their proportion. */
  keepAspect?: boolean;
  /** CSS pixels that it needs around its plots where it is fitted into other room; those that labels of axes need where absent. */
  margin?: { left?: number; right?: number; top?: number; bottom?: number };
  table: ChartTable;
}

/** The numbers of a chart, a row a mark. */
export interface ChartTable {
  /** Names with units: `share`, `loss (nats)`. */
  columns: readonly string[];
  /** One value a column; null where there is none. */
  rows: readonly (readonly (number | string | null)[])[];
}
