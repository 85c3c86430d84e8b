/** Freezing from files to a file: read, frozen, proven, written whole, with small programs beside it that load it. */
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { UserError } from '../errors.js';
import { writeFileWhole, writeNewFileWhole, type Content } from '../files.js';
import { freezeGraph, type Frozen } from '../frozen-graphs/freeze.js';
import { liteAdvice, type LiteAdvice } from '../frozen-graphs/lite-command.js';
import { isLoader, loaderFacts, pythonLoader, typescriptLoader } from '../frozen-graphs/loaders.js';
import { signatureOutputs } from '../frozen-graphs/signature-outputs.js';
import { readGraphFile, type GraphFile } from '../graph-files/graph-file.js';
import { encodeGraphInPieces, printMessage } from '../graph-files/message-file.js';
import { TWO_GIGABYTES } from '../graph-files/whole-bytes.js';
import { messageType, type GraphMessage } from '../graph/schema.js';
import type { JobContext } from '../job.js';
import { layersGraph } from '../layers-model/layers-graph.js';
import { layersModelAt, readLayersFile } from '../layers-model/model-json.js';
import { verifyLayers } from '../layers-model/verify-layers.js';
import type { Verification } from './comparison.js';
import { verifyFrozen, type VerifyOptions } from './verify.js';

export interface FreezeOptions extends VerifyOptions {
  graph: string;
  checkpoint?: string;
  /** Names of nodes; of a SavedModel, outputs of its signature where absent. */
  outputs: readonly string[];
  out: string;
  overwrite: boolean;
  /** Whether to write the small programs, too. */
  loaders: boolean;
}

export interface FreezeReport extends Verification {
  files: string[];
  bytes: number;
  nodes: number;
  nodesBefore: number;
  variables: number;
  lite: LiteAdvice;
}

/** @throws UserError; then nothing is written. */
export async function freezeFile(options: FreezeOptions, context: JobContext): Promise<FreezeReport> {
  const { out, overwrite } = options;
  const phase = (name: string, done: number) => context.progress.progress({ phase: name, done, total: 4, unit: 'steps' });
  if (!overwrite) await refuseExisting(out);
  phase('Reading the graph', 0);
  const layers = await layersModelAt(options.graph);
  if (layers !== undefined) return freezeLayers(layers, options, context);
  const source = await readGraphFile(options.graph);
  const checkpoint = options.checkpoint ?? (await ownCheckpoint(source));
  const named = signatureOutputs(source, options.outputs);
  phase('Freezing', 1);
  const frozen = await freezeGraph({ ...source, graph: named.graph }, named.outputs, checkpoint);
  context.signal.throwIfAborted();
  phase('Comparing with the graph it was made from', 2);
  const verification = await verifyFrozen({ ...source, graph: named.graph }, frozen, checkpoint, options, context);
  phase('Writing', 3);
  return kept(frozen, verification, source.graph.node.length, options);
}

/** A layers model of TensorFlow.js has its weights beside it and no nodes to be named: all of its outputs are taken. */
async function freezeLayers(path: string, options: FreezeOptions, context: JobContext): Promise<FreezeReport> {
  const file = await readLayersFile(path);
  const frozen = layersGraph(file);
  return kept(frozen, await verifyLayers(file, frozen, options, context), frozen.graph.node.length, options);
}

async function kept(frozen: Frozen, verification: Verification, nodesBefore: number, { out, loaders, overwrite }: FreezeOptions): Promise<FreezeReport> {
  const { files, bytes } = await writeFrozen(frozen, out, { loaders, overwrite });
  const lite = liteAdvice(frozen.graph, loaderFacts(frozen.graph, frozen.outputs, out));
  return { ...verification, files, bytes, nodes: frozen.graph.node.length, nodesBefore, variables: frozen.variables, lite };
}

async function refuseExisting(path: string): Promise<void> {
  if (await stat(path).then(() => true, () => false)) throw new UserError(`${path} is there already and is not overwritten. Choose another name, or allow it to be replaced.`, { option: '--overwrite' });
}

async function ownCheckpoint({ folder }: GraphFile): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const prefix = join(folder, 'variables', 'variables');
  return stat(`${prefix}.index`).then(() => prefix, () => undefined);
}

/**
 * Writes a frozen graph, as text where the name ends in .pbtxt. @returns What was written, the graph's bytes first.
 * @throws UserError before anything is written where a name is taken, also by a program of somebody else where it may be overwritten.
 */
export async function writeFrozen({ graph, outputs }: Pick<Frozen, 'graph' | 'outputs'>, out: string, { loaders, overwrite }: { loaders: boolean; overwrite: boolean }): Promise<{ files: string[]; bytes: number }> {
  const content = graphContent(graph, out);
  const programs = loaders && !isText(out) ? loadersBeside(graph, outputs, out) : [];
  for (const path of overwrite ? [] : [out, ...programs.map((program) => program.path)]) await refuseExisting(path);
  for (const { path } of programs) await refuseForeign(path);
  const write = overwrite ? writeFileWhole : writeNewFileWhole;
  await write(out, content);
  for (const { path, program } of programs) await write(path, program);
  return { files: [out, ...programs.map(({ path }) => path)], bytes: (await stat(out)).size };
}

function loadersBeside(graph: GraphMessage, outputs: readonly string[], out: string): { path: string; program: string }[] {
  const facts = loaderFacts(graph, outputs, out);
  const stem = out.slice(0, out.length - extname(out).length);
  const programs = [{ path: `${stem}.py`, program: pythonLoader(facts) }, { path: `${stem}.ts`, program: typescriptLoader(facts) }];
  return programs.flatMap(({ path, program }) => (program === undefined ? [] : [{ path, program }]));
}

/** A program of the same name that was not made here is never replaced. */
async function refuseForeign(path: string): Promise<void> {
  if (!(await stat(path).then(() => true, () => false))) return;
  const own = await readFile(path, 'utf8').then(isLoader, () => false);
  if (!own) throw new UserError(`${path} is there already and is no loader of a frozen graph, so it is not replaced. Choose another name for the graph, or move that file.`);
}

function isText(path: string): boolean {
  return extname(path).toLowerCase() === '.pbtxt';
}

/** Of a file of that name: text where it ends in .pbtxt. @throws UserError, maybe while it is written, where it would be too large. */
export function graphContent(graph: GraphMessage, path: string): Content {
  return isText(path) ? printMessage(messageType('GraphDef'), graph) : bounded(encodeGraphInPieces(graph), path);
}

function* bounded(pieces: Iterable<Buffer>, path: string): Generator<Buffer> {
  let bytes = 0;
  for (const piece of pieces) {
    bytes += piece.length;
    if (bytes > TWO_GIGABYTES) throw new UserError(`${path} would be larger than 2 GB, where a GraphDef ends.`);
    yield piece;
  }
}
