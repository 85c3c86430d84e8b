/** A graph drawn into a file, as the window draws it. */
import { basename, extname } from 'node:path';
import { didYouMean } from '../../../shared/run/nearest.js';
import { graphPicture } from '../../../shared/charts/graph-picture.js';
import { chartPng } from '../charts/render.js';
import { UserError } from '../errors.js';
import { writeFileWhole, writeNewFileWhole } from '../files.js';
import { readAnyGraph } from '../graph-inspection/any-graph.js';
import { Drawings } from '../graph-inspection/drawings.js';
import { InspectedGraph } from '../graph-inspection/inspected-graph.js';
import type { Drawing } from './drawing.js';

export interface DrawOptions {
  file: string;
  beside?: string;
  body?: string;
  /** Names of scopes. */
  open?: readonly string[];
  reveal?: string;
  out: string;
  overwrite: boolean;
}

/** Pixels a side of a PNG. */
const MOST_SIDE = 16_000;

/** @throws UserError where the name ends in neither .svg nor .png, a graph cannot be read, too much would be seen, or the file is there already. */
export async function drawFile({ file, beside, body, open, reveal, out, overwrite }: DrawOptions): Promise<Drawing> {
  const ending = extname(out).toLowerCase();
  if (ending !== '.svg' && ending !== '.png') throw new UserError(`${out} ends neither in .svg nor in .png. Choose one of them.`);
  const first = new InspectedGraph(await readAnyGraph(file)).body(body);
  if (reveal !== undefined) first.details(reveal); // refuses a node that is not there
  const second = beside === undefined ? undefined : new InspectedGraph(await readAnyGraph(beside)).bodyBeside(body);
  const drawings = new Drawings();
  const drawing = drawings.draw(first.graph, second?.graph, open?.map((name) => `s:${name}`), reveal);
  refuseUnknownScopes(open ?? [], drawings.scopes);
  const title = [basename(file), ...(body === undefined ? [] : [`function ${body}`])].join(', ');
  const write = overwrite ? writeFileWhole : writeNewFileWhole;
  await write(out, await pictureOf(drawing, title, ending === '.png'));
  return drawing;
}

/** @param known Names of the scopes that there are. @throws UserError with the nearest names for one that is not there. */
function refuseUnknownScopes(wanted: readonly string[], known: ReadonlySet<string>): void {
  const wrong = wanted.find((name) => !known.has(name));
  if (wrong !== undefined) throw new UserError(`The graph has no scope ${wrong}.${didYouMean(wrong, known)}`);
}

async function pictureOf(drawing: Drawing, title: string, asPng: boolean): Promise<string | Uint8Array> {
  const { svg, width, height } = graphPicture(drawing, title);
  if (!asPng) return svg;
  if (Math.max(width, height) > MOST_SIDE) throw new UserError(`The picture would have ${width} x ${height} pixels. Draw it as .svg, or open fewer scopes.`);
  return chartPng(svg, 1);
}
