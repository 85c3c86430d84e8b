/**
 * Names for colorized pictures: each photograph's own, with the ending of the format, and never one for two.
 */
import { pictureEnding } from '../../../shared/picture-names.js';
import type { Input } from './inputs.js';

/**
 * Gives every input a name below the folder of results. Where `a.jpg` and `a.png` meet, the first keeps `a` and the other
 * becomes `a (png)`; a photograph that has a name from an earlier job keeps that.
 * @param earlier names given before, by path of the photograph
 * @returns names in the order of the inputs, `/` on every system
 */
export function outputNames(inputs: readonly Input[], ending: string, earlier: ReadonlyMap<string, string> = new Map()): string[] {
  const taken = new Set<string>();
  const names = inputs.map(({ path }) => claim(earlier.get(path), ending, taken));
  return names.map((name, k) => name ?? freshName(inputs[k].place, ending, taken));
}

/** An earlier name, where there is one of this ending that nobody else has. */
function claim(name: string | undefined, ending: string, taken: Set<string>): string | undefined {
  return name !== undefined && name.endsWith(ending) && takeName(name, taken) ? name : undefined;
}

function freshName(place: string, ending: string, taken: Set<string>): string {
  const suffix = pictureEnding(place) ?? '';
  const stem = place.slice(0, place.length - suffix.length);
  const format = suffix.slice(1).toLowerCase() || 'no ending';
  for (let attempt = 0; ; attempt++) {
    const mark = attempt === 0 ? '' : attempt === 1 ? ` (${format})` : ` (${format} ${attempt})`;
    const name = stem + mark + ending;
    if (takeName(name, taken)) return name;
  }
}

/** Names that differ in case or in how an accent is coded are the same file on many systems. */
function takeName(name: string, taken: Set<string>): boolean {
  const key = name.normalize('NFC').toLowerCase();
  if (taken.has(key)) return false;
  taken.add(key);
  return true;
}
