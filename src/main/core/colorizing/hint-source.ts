/** Where a job finds the colour hints of its photographs: in a file, or among those that were kept, by content. */
import { z } from 'zod';
import type { Hint } from '../../../shared/colour/hints.js';
import { type HintsFile, hintsFileSchema, matchNames } from '../../../shared/colour/hints-file.js';
import { boundedText } from '../bounded-text.js';
import { UserError } from '../errors.js';
import type { Input } from './inputs.js';

/** Hints of a photograph of the job. @param content Its content id. */
export type HintsOf = (input: Input, content: string) => readonly Hint[];

/** Asked once, with all photographs of a job. @returns also names of photographs that are none of them */
export type HintSource = (inputs: readonly Input[]) => { hintsOf: HintsOf; unknown: string[] };

export const NO_HINTS: HintSource = () => ({ hintsOf: () => [], unknown: [] });

/** Larger files hold more hints than photographs can have. */
const MOST_BYTES = 64 * 2 ** 20;

/** @throws UserError where it cannot be read, is no such file, or is of a newer version. */
export async function readHintsFile(path: string): Promise<HintsFile> {
  const text = await boundedText(path, MOST_BYTES).catch((cause: NodeJS.ErrnoException) => {
    if (cause instanceof UserError) throw cause;
    throw new UserError(cause.code === 'ENOENT' ? `There is no file ${path}. Save one in the window (Colorize), or write one; the guide shows how.` : `${path} cannot be read: ${cause.message}`, { cause });
  });
  return parsedHintsFile(text, path);
}

/** @param name What the file is called in a refusal. @throws UserError as `readHintsFile` */
export function parsedHintsFile(text: string, name: string): HintsFile {
  const parsed = hintsFileSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new UserError(`${name} is no file of colour hints: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}. It looks like {"version": 1, "photographs": {"harbour.jpg": [{"x": 0.5, "y": 0.25, "colour": "#7a4a2a"}]}}.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws UserError, when asked, where a name means several of the photographs: hints would be painted on the wrong one. */
export function hintsOfFile(file: HintsFile, path: string): HintSource {
  return (inputs) => {
    const { nameOf, unknown } = matchedNames(file, path, inputs);
    const byPath = new Map([...nameOf].map(([index, name]) => [inputs[index].path, file.photographs[name]]));
    return { hintsOf: ({ path: photograph }) => byPath.get(photograph) ?? [], unknown };
  };
}

/** Which photographs a file has hints for. @throws UserError where that cannot be told. */
export function matchedNames(file: HintsFile, path: string, inputs: readonly Input[]): { nameOf: Map<number, string>; unknown: string[] } {
  const { nameOf, unknown, ambiguous } = matchNames(Object.keys(file.photographs), inputs);
  if (ambiguous.length === 0) return { nameOf, unknown };
  throw new UserError(`${path} has hints for ${ambiguous[0]}, and several photographs are called so. Write the folder before the name, as in "old/${ambiguous[0]}".`);
}

/** @param kept By content id. */
export function keptHints(kept: ReadonlyMap<string, readonly Hint[]>): HintSource {
  return () => ({ hintsOf: (_, content) => kept.get(content) ?? [], unknown: [] });
}
