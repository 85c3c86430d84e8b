/** A whole number with thousands separators. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** A number of things: `1 photograph`, `2,000 photographs`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** A number with as many decimals as asked for. */
export function decimal(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Seconds as people say them: `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours) return `${hours} h ${minutes} min`;
  if (minutes) return rest && minutes < 10 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

/** Lines of two columns, the first as wide as its widest entry. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
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
