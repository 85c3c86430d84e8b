/** Running a graph once or several times, and keeping what came out as files. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RESULT_FORMATS, ResultLook } from '../../../shared/contract/kinds/graph-run.js';
import { UserError } from '../errors.js';
import { writeFileWhole, writeNewFileWhole } from '../files.js';
import { functionsOf } from '../frozen-graphs/functions.js';
import { reachable } from '../frozen-graphs/reachable.js';
import { parseReference } from '../frozen-graphs/reference.js';
import { isInput } from '../frozen-graphs/summary.js';
import { isVariable } from '../frozen-graphs/variable-nodes.js';
import { TYPE, typeName } from '../graph-files/data-types.js';
import { readGraphFile } from '../graph-files/graph-file.js';
import type { Fetched } from '../graph/native-session.js';
import type { JobContext } from '../job.js';
import { csvText } from './csv.js';
import { Feeder, type FeedSource } from './feeder.js';
import { arrayOf, type ResultArray } from './fetched-array.js';
import { IsolatedGraph, refuseForbidden, type RunLimits } from './isolated-graph.js';
import { npyBytes } from './npy.js';
import { lookAt } from './result-look.js';
import { resultPicture } from './result-picture.js';
import { makeRunnable, type Port } from './runnable.js';

export type ResultFormat = (typeof RESULT_FORMATS)[number];

export interface RunOptions {
  file: string;
  feeds: ReadonlyMap<string, FeedSource>;
  fetches: readonly string[];
  /** Whether feeds that the fetches do not need are passed over. */
  spare?: boolean;
  /** Folder; nothing is written without one. */
  out?: string;
  /** Whether to tell what came out, for looking at it. */
  look?: boolean;
  formats: readonly ResultFormat[];
  overwrite: boolean;
  allow: readonly string[];
  limits: RunLimits;
  runs: number;
  seed: number;
}

/** Smallest, largest and mean are of the finite values, absent where there is none. */
export interface ResultFigures {
  smallest?: number;
  largest?: number;
  mean?: number;
  /** Values that are no finite numbers; absent where all are. */
  notFinite?: number;
}

export interface RunReport {
  results: ({ name: string; type: string; shape: readonly number[]; files: string[]; look?: ResultLook } & ResultFigures)[];
  /** Seconds of each run; the first also prepares. */
  seconds: number[];
}

/** @throws UserError where the graph may not or cannot run, or a result cannot be written. */
export async function runGraph(given: RunOptions, { signal, progress }: JobContext): Promise<RunReport> {
  refuseSameNames(given.fetches);
  const { graph } = await readGraphFile(given.file);
  const nodes = given.fetches.map((name) => parseReference(name).node);
  const part = reachable(graph, nodes, functionsOf(graph));
  const wanted = { ...graph, node: part.nodes.map((node) => ({ ...node, device: '' })), library: { function: part.functions } };
  const options = given.spare ? { ...given, feeds: neededFeeds(given.feeds, part.nodes) } : given;
  refuseUnready(wanted.node, options);
  refuseForbidden(wanted, options.allow);
  const runnable = makeRunnable(wanted, [...options.feeds.keys()], options.fetches);
  const feeds = await new Feeder(wanted, options.seed).feeds(runnable.feeds, options.feeds);
  const isolated = IsolatedGraph.open(options.limits, signal);
  try {
    await isolated.load(runnable.graph);
    const seconds: number[] = [];
    let results: Fetched[] = [];
    for (let run = 0; run < options.runs; run++) {
      progress.progress({ phase: 'Running the graph', done: run, total: options.runs, unit: 'runs' });
      const answer = await isolated.run(feeds, runnable.fetches.map(({ tensor }) => tensor));
      results = answer.results;
      seconds.push(answer.seconds);
    }
    return { seconds, results: await keptResults(runnable.fetches, results, options) };
  } finally {
    await isolated.close();
  }
}

function neededFeeds(feeds: RunOptions['feeds'], nodes: readonly { name: string }[]): RunOptions['feeds'] {
  const names = new Set(nodes.map(({ name }) => name));
  return new Map([...feeds].filter(([name]) => names.has(parseReference(name).node)));
}

/** File of a result without its ending. */
function fileName(name: string): string {
  return name.replace(/[/\\:]/g, '_');
}

function refuseSameNames(fetches: readonly string[]): void {
  const byFile = new Map<string, string>();
  for (const name of fetches) {
    const file = fileName(name).toLowerCase();
    const other = byFile.get(file);
    if (other !== undefined) throw new UserError(other === name ? `${name} is fetched twice. Name it once.` : `The results of ${other} and ${name} would be the same file. Fetch them one after the other into two folders.`);
    byFile.set(file, name);
  }
}

function refuseUnready(nodes: readonly { name: string; op: string }[], { feeds }: RunOptions): void {
  const variable = nodes.find(isVariable);
  if (variable) throw new UserError(`${variable.name} is a variable without a value: freeze the graph with its checkpoint first.`, { option: 'chromabench graph freeze --graph FILE --checkpoint PREFIX' });
  const names = nodes.map(({ name }) => name);
  const stranger = [...feeds.keys()].find((name) => !names.includes(parseReference(name).node));
  if (stranger !== undefined) throw new UserError(`${stranger} is fed, but what is fetched does not need it${names.length < 50 ? `; it needs ${names.join(', ')}` : ''}.`);
  const unfed = nodes.filter((node) => isInput(node) && node.op !== 'PlaceholderWithDefault' && !feeds.has(node.name));
  if (unfed.length) throw new UserError(`Feed ${unfed.map(({ name }) => name).join(', ')}: a photograph, a .npy or .csv file, or random numbers.`, { option: `--feed ${unfed[0].name}=PICTURE or =random:1x32x32x1` });
}

async function keptResults(ports: readonly Port[], results: readonly Fetched[], options: RunOptions): Promise<RunReport['results']> {
  if (options.out !== undefined) await mkdir(options.out, { recursive: true });
  const kept: RunReport['results'] = [];
  for (const [i, port] of ports.entries()) {
    const array = arrayOf(results[i], port);
    const files = options.out === undefined ? [] : await writeResult(port, array, options.out, options);
    const look = options.look ? { look: await lookAt(array, port) } : {};
    kept.push({ name: port.name, type: typeName(port.type), shape: array.shape, files, ...figuresOf(array.values), ...look });
  }
  return kept;
}

async function writeResult(port: Port, array: ResultArray, out: string, { formats, overwrite }: RunOptions): Promise<string[]> {
  const files: string[] = [];
  for (const format of formats) {
    const content = await contentOf(format, array, port);
    if (content === undefined) continue;
    const path = join(out, `${fileName(port.name)}.${format}`);
    await (overwrite ? writeFileWhole : writeNewFileWhole)(path, content);
    files.push(path);
  }
  return files;
}

async function contentOf(format: ResultFormat, { shape, values }: ResultArray, { type, name }: Port): Promise<Buffer | string | undefined> {
  if (format === 'csv') return csvText(shape, values);
  if (Array.isArray(values)) return undefined; // texts go into tables only
  if (format === 'npy') return npyBytes({ shape, values }, type === TYPE.bool);
  return resultPicture(name, shape, Float32Array.from(values as ArrayLike<number | bigint>, Number));
}

/** Sums are kept that much smaller, so that they stay finite where the values do; a power of two rounds nothing. */
const SCALE = 2 ** -32;

export function figuresOf(values: ResultArray['values']): ResultFigures {
  if (Array.isArray(values)) return {};
  let [smallest, largest, sum, count] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!Number.isFinite(value)) continue;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    sum += value * SCALE;
    count += 1;
  }
  const notFinite = count < values.length ? { notFinite: values.length - count } : {};
  return count === 0 ? notFinite : { smallest, largest, mean: Math.max(smallest, Math.min(largest, sum / count / SCALE)), ...notFinite };
}
