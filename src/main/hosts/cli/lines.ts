/** How the command line lays out its answers. */
import { count } from '../../../shared/words/words.js';

/** Lines of two columns, the first as wide as its widest entry. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = rows.reduce((widest, [left]) => Math.max(widest, left.length), 0);
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}

/** Entries that are named before the rest is counted. */
const NAMED = 20;

/** A title and a line an entry; nothing where there is none. */
export function listed<T>(title: string, entries: readonly T[], line: (entry: T) => string): string[] {
  if (!entries.length) return [];
  const named = entries.slice(0, NAMED).map((entry) => `  ${line(entry)}`);
  const rest = entries.length - named.length;
  return ['', title, ...named, ...(rest ? [`  and ${count(rest)} more; --json lists all.`] : [])];
}
