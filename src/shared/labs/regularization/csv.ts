/** The points of a person's own file: two columns of numbers, with or without a line of names. */

/** A file that holds no points to fit: one sentence. */
export class PointsError extends Error {
  override name = 'PointsError';
}

const FEWEST = 5;
const MOST = 2000;

/**
 * Reads `x,y` lines. Commas, semicolons and tabs divide the two; a first line of names is passed over, and so are empty lines.
 * @param name The file's name, for the sentence.
 * @throws PointsError when a line is no pair of numbers, or there are too few or too many.
 */
export function parsePoints(text: string, name: string): { x: Float64Array; y: Float64Array } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).map((line, k) => ({ line, number: k + 1 })).filter(({ line }) => line.trim() !== '');
  const [first] = lines;
  const pairs = lines.flatMap((entry) => {
    const pair = pairOf(entry.line);
    if (pair === undefined && entry === first) return [];
    if (pair === undefined) throw new PointsError(`${name}, line ${entry.number}: ${JSON.stringify(entry.line.slice(0, 40))} is not a pair of numbers x,y.`);
    return [pair];
  });
  if (pairs.length < FEWEST) throw new PointsError(`${name} holds ${pairs.length} points; at least ${FEWEST} lines of x,y are needed.`);
  if (pairs.length > MOST) throw new PointsError(`${name} holds ${pairs.length} points; the laboratory takes up to ${MOST}.`);
  return { x: Float64Array.from(pairs, ([x]) => x), y: Float64Array.from(pairs, ([, y]) => y) };
}

function pairOf(line: string): [number, number] | undefined {
  const divider = [';', '\t', ','].find((mark) => line.includes(mark));
  if (divider === undefined) return undefined;
  const cells = line.split(divider).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  // Where semicolons or tabs divide, a comma is the decimal sign.
  const values = cells.map((cell) => Number(divider === ',' ? cell : cell.replace(',', '.')));
  const isPair = cells.length === 2 && cells.every((cell) => cell !== '') && values.every(Number.isFinite);
  return isPair ? [values[0], values[1]] : undefined;
}
