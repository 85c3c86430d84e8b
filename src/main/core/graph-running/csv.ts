/** Tables of numbers as text, separated by commas, semicolons, tabs or spaces; a first line of words is passed over. */
import { UserError } from '../errors.js';
import type { NumberArray } from './npy.js';

/** @returns float64 [rows, columns] @throws UserError with the line that is no row of numbers. */
export function readCsv(text: string, name: string): NumberArray {
  const lines = text.split(/\r?\n/).map((line, i) => ({ line: line.trim(), number: i + 1 })).filter(({ line }) => line !== '');
  const rows = lines.map(({ line, number }) => ({ number, cells: line.split(/\s*[,;\t]\s*|\s+/).map((cell) => (cell === '' ? NaN : Number(cell.replace(/^"(.*)"$/, '$1')))) }));
  const table = rows.length > 1 && rows[0].cells.some(Number.isNaN) ? rows.slice(1) : rows;
  if (table.length === 0) throw new UserError(`${name} holds no numbers.`);
  const columns = table[0].cells.length;
  const wrong = table.find(({ cells }) => cells.length !== columns || cells.some(Number.isNaN));
  if (wrong) throw new UserError(`Line ${wrong.number} of ${name} is no row of ${columns} numbers. Mend it, or save the table as .npy.`);
  return { shape: [table.length, columns], values: Float64Array.from(table.flatMap(({ cells }) => cells)) };
}

/** A line for each row of the last axis; a scalar is one number. */
export function csvText(shape: readonly number[], values: ArrayLike<number | bigint | string>): string {
  const columns = shape.at(-1) ?? 1;
  const rows = columns === 0 ? 0 : values.length / columns;
  const cell = (value: number | bigint | string) => (typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value));
  return Array.from({ length: rows }, (_, row) => `${Array.from({ length: columns }, (_, column) => cell(values[row * columns + column])).join(',')}\n`).join('');
}
