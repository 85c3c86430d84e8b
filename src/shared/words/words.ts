/** How numbers, amounts and times are written for people, in the window and on the command line. */

/** A whole number with thousands separators. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** `1 photograph`, `2,000 photographs`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** A word as a row or a sentence begins. */
export function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** A number with as many decimals as asked for. */
export function decimal(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', '\u2212');
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A size of which two digits are enough: `12`, `0.035`, `4.5 × 10⁻⁸`. */
export function roughly(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4) return String(Number(value.toPrecision(2)));
  const [digits, exponent] = value.toExponential(1).split('e-');
  return `${digits} × 10⁻${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

/** Seconds as people say them: `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours) return `${hours} h ${minutes} min`;
  if (minutes) return rest && minutes < 10 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

/** Bytes in the unit that keeps the number short: `12 kB`, `412 MB`, `1.3 GB`. */
export function bytes(value: number): string {
  if (value >= 1e9) return `${decimal(value / 1e9, 1)} GB`;
  return value >= 1e6 ? `${count(value / 1e6)} MB` : `${count(Math.ceil(value / 1e3))} kB`;
}

/** A time of day today, else the day. */
export function moment(milliseconds: number, now = Date.now()): string {
  const date = new Date(milliseconds);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (new Date(now).toDateString() === date.toDateString()) return `today ${time}`;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })} ${time}`;
}
