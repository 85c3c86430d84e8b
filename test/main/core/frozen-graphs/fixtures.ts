/** Graphs that Python made, with what they answer (python/fixtures-graphs). */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const GRAPHS = fileURLToPath(new URL('../../../fixtures/graphs', import.meta.url));

export interface Told {
  feeds: Record<string, { shape: number[]; values: number[] }>;
  outputs: string[];
  results: { shape: number[]; values: number[] }[];
}

export const CASES = (JSON.parse(readFileSync(join(GRAPHS, 'expected.json'), 'utf8')) as { cases: Record<string, Told> }).cases;

/** Names of the graphs in the style of TensorFlow 1, each with graph.pb, graph.pbtxt, model.ckpt and Python's own frozen file. */
export const OLD_STYLE = Object.keys(CASES).filter((name) => !name.startsWith('saved-'));

export function fixture(name: string, file = ''): string {
  return join(GRAPHS, name, file);
}
