/**
 * The numbers of a chart as files.
 */
import type { Chart, ChartTable } from './chart.js';

/** The table as CSV (RFC 4180): comma, CRLF, a first line of column names, numbers with a point, nothing for no value. */
export function csvOf({ columns, rows }: ChartTable): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** Title and table as JSON: an object a row, by column name. */
export function jsonOf({ title, table }: Pick<Chart, 'title' | 'table'>): string {
  const rows = table.rows.map((row) => Object.fromEntries(table.columns.map((column, k) => [column, row[k]])));
  return `${JSON.stringify({ title, columns: table.columns, rows })}\n`;
}

function field(value: number | string | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
