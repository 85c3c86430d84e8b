/** A file of colour hints, as a person writes it or the window saves it: photographs by name or path, and their hints. */
import { z } from 'zod';
import { type Hint, hintSchema, MOST_HINTS } from './hints.js';
import { srgbToLab } from './lab.js';

export const HINTS_FILE_VERSION = 1;
/** Photographs that one file can name. */
const MOST_PHOTOGRAPHS = 10_000;

/** `{ x, y, a, b }`, or `{ x, y, colour: "#rrggbb" }`, of which only the chromaticity counts. */
const writtenHint = z.union([
  hintSchema,
  hintSchema.pick({ x: true, y: true }).extend({ colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'expected a colour as #rrggbb') })
    .transform(({ x, y, colour }) => ({ x, y, ...abOfHex(colour) })),
]);

export const hintsFileSchema = z.strictObject({
  version: z.literal(HINTS_FILE_VERSION),
  /** By name, or by path as far as it is needed to tell photographs apart, with `/` on every system. */
  photographs: z.record(z.string().min(1).max(4096), z.array(writtenHint).max(MOST_HINTS))
    .refine((photographs) => Object.keys(photographs).length <= MOST_PHOTOGRAPHS, `expected at most ${MOST_PHOTOGRAPHS} photographs`),
});
export type HintsFile = z.output<typeof hintsFileSchema>;

/** Chromaticity of a colour written as `#rrggbb`. */
export function abOfHex(colour: string): Pick<Hint, 'a' | 'b'> {
  const [r, g, b] = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  const [, abA, abB] = srgbToLab(r, g, b);
  return { a: abA, b: abB };
}

/** A photograph that names may mean. */
export interface NamedPhotograph {
  /** Absolute. */
  path: string;
  /** Below the folder it was found in. */
  place: string;
}

/** Which photographs the names of a file mean. */
export interface MatchedNames {
  /** By the photograph's number. */
  nameOf: Map<number, string>;
  /** Names that mean none. */
  unknown: string[];
  /** Names that mean several. */
  ambiguous: string[];
}

/**
 * A name means the photograph that has exactly this place, else the one whose path ends in it, whole folder names only. Of
 * two names for one photograph the longer one counts.
 */
export function matchNames(names: readonly string[], photographs: readonly NamedPhotograph[]): MatchedNames {
  const paths = photographs.map(({ path }) => slashed(path));
  const byLast = new Map<string, number[]>();
  paths.forEach((path, index) => byLast.set(lastPart(path), [...(byLast.get(lastPart(path)) ?? []), index]));
  const matched: MatchedNames = { nameOf: new Map(), unknown: [], ambiguous: [] };
  for (const name of names) {
    const wanted = slashed(name).replace(/^(\.?\/)+/, '');
    const ending = (byLast.get(lastPart(wanted)) ?? []).filter((index) => `/${paths[index]}`.endsWith(`/${wanted}`));
    const exact = ending.filter((index) => photographs[index].place === wanted);
    const meant = exact.length ? exact : ending;
    if (meant.length === 0) matched.unknown.push(name);
    else if (meant.length > 1) matched.ambiguous.push(name);
    else if (name.length >= (matched.nameOf.get(meant[0]) ?? '').length) matched.nameOf.set(meant[0], name);
  }
  return matched;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
