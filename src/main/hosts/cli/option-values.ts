import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';

/** A number within a range; commander puts the option's name before the complaint. */
export function numberWithin(low: number, high: number, { whole = false } = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const fits = text.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value));
    if (fits) return value;
    throw new InvalidArgumentError(`It must be a ${whole ? 'whole ' : ''}number ${rangeWords(low, high)}.`);
  };
}

function rangeWords(low: number, high: number): string {
  return Number.isFinite(high) ? `from ${low} to ${high}` : `of ${low} or more`;
}

/** `forest,coast` and repeated options alike. */
export function names(text: string, before: string[] = []): string[] {
  const given = text.split(',').map((name) => name.trim()).filter(Boolean);
  if (given.length) return [...before, ...given];
  throw new InvalidArgumentError('It must be one or more names, separated by commas.');
}

/** Some of the words known, separated by commas. */
export function choices<T extends string>(known: readonly T[]): (text: string) => T[] {
  return (text) => {
    const given = names(text);
    const unknown = given.find((name) => !known.includes(name as T));
    if (unknown === undefined) return given as T[];
    throw new InvalidArgumentError(`${unknown} is none of ${known.join(', ')}.`);
  };
}

/** An option that can be given several times. */
export function collected(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** A place on disk as the engine wants it; relative ones are meant from here. */
export function place(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must name a place on disk.');
  return resolve(text);
}

/** Several places, one argument each. */
export function places(text: string, before: string[] = []): string[] {
  return [...before, place(text)];
}

/** `best`, `newest` or the number of a step. */
export function checkpoint(text: string): 'best' | 'newest' | number {
  if (text === 'best' || text === 'newest') return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be best, newest or the number of a step.');
}
