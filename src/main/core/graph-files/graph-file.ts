/** Graphs as they come: GraphDef in binary or text, MetaGraphDef (.meta), SavedModel. What a file is, its content says. */
import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { messageType, type GraphMessage, type MetaGraphMessage, type SavedModelMessage } from '../graph/schema.js';
import { decodeMessage, MAX_TEXT, parseMessage } from './message-file.js';
import { openFault, readStart, readWholeFile } from './whole-bytes.js';
import { checkWire, WireExcess, WireFault } from './wire-bounds.js';

/** What a graph was read from. */
export type GraphFormat = 'GraphDef' | 'MetaGraphDef' | 'SavedModel';

export interface GraphFile {
  path: string;
  format: GraphFormat;
  /** Whether it was written for people. */
  text: boolean;
  /** Of the file, in bytes. */
  bytes: number;
  graph: GraphMessage;
  /** What came with the graph: signatures, how it saves its variables. Absent for a bare GraphDef. */
  meta?: MetaGraphMessage;
  /** The SavedModel's folder, whose `variables/variables` is the checkpoint that belongs to it. */
  folder?: string;
}

/** Bytes that tell what a file is. */
const START = 64 * 1024;

/**
 * Reads a graph.
 * @param path A file, or a SavedModel's folder.
 * @throws UserError where it is no graph, is damaged, or is larger than what is read.
 */
export async function readGraphFile(path: string): Promise<GraphFile> {
  const place = await placeOf(path);
  const { start, size } = await readStart(place.file, START);
  refuseOthers(path, start, size);
  try {
    return { path, ...place.folder, bytes: size, ...(looksLikeText(start) ? await readText(place.file) : await readBinary(place.file, start, size)) };
  } catch (error) {
    if (!(error instanceof WireFault)) throw error;
    throw new UserError(`${path} is not a whole TensorFlow graph: ${error.message}. Copy or export it again.`, { cause: error });
  }
}

/** What a SavedModel's folder holds. */
const MODEL_FILES: readonly string[] = ['saved_model.pb', 'saved_model.pbtxt'];

interface Place {
  file: string;
  folder: { folder: string } | undefined;
}

async function placeOf(path: string): Promise<Place> {
  const facts = await stat(path).catch((error: unknown) => Promise.reject(openFault(path, error)));
  if (!facts.isDirectory()) return { file: path, folder: MODEL_FILES.includes(basename(path)) ? { folder: dirname(path) } : undefined };
  for (const name of MODEL_FILES) {
    const file = join(path, name);
    if (await stat(file).then((found) => found.isFile(), () => false)) return { file, folder: { folder: path } };
  }
  throw new UserError(`${path} is a folder without a saved_model.pb: it is no SavedModel. Give a graph file, or the folder that holds saved_model.pb.`);
}

/** Files that people take for graphs, by how they begin. */
const OTHERS: readonly { begins: string; at?: number; is: string }[] = [
  { begins: 'TFL3', at: 4, is: 'a TensorFlow Lite model, which cannot be turned back into a graph. Give the graph that it was converted from' },
  { begins: '\u0089HDF\r\n', is: 'a Keras model in HDF5. Save it in Python with tf.saved_model.save and give that folder' },
  { begins: 'PK\u0003\u0004', is: 'a zip archive (Keras 3 saves such files). Unpack it, or save the model in Python with tf.saved_model.save' },
  { begins: '\u001f\u008b', is: 'compressed with gzip. Unpack it first' },
  { begins: '{', is: 'JSON. A layers model of TensorFlow.js is turned into a graph by `chromabench graph freeze --graph model.json`' },
];

function refuseOthers(path: string, start: Buffer, size: number): void {
  if (size === 0) throw new UserError(`${path} is empty. Copy or export it again.`);
  const other = OTHERS.find(({ begins, at = 0 }) => start.subarray(at).toString('latin1').startsWith(begins));
  if (other) throw new UserError(`${path} is ${other.is}.`);
}

function looksLikeText(start: Buffer): boolean {
  const whole = start.subarray(0, Math.max(1, start.length - 4)); // a character may be cut at the end
  return isUtf8(whole) && /^\s*(?:#[^\n]*\n\s*)*[a-z_]+\s*[:{<]/.test(whole.toString('utf8'));
}

type Content = Pick<GraphFile, 'format' | 'text' | 'graph' | 'meta'>;

async function readText(file: string): Promise<Content> {
  const text = (await readWholeFile(file, MAX_TEXT)).toString('utf8');
  const format = formatOfText(text);
  return { ...contentOf(format, parseMessage(messageType(format), text), file), text: true };
}

/** By the fields that stand at the left margin; only a graph has nodes there. */
function formatOfText(text: string): GraphFormat {
  if (/^\s*(saved_model_schema_version|meta_graphs)\b/m.test(text.slice(0, 4096)) && !/^node\b/m.test(text)) return 'SavedModel';
  return /^(meta_info_def|graph_def|saver_def|collection_def)\b/m.test(text) ? 'MetaGraphDef' : 'GraphDef';
}

async function readBinary(file: string, start: Buffer, size: number): Promise<Content> {
  const format = formatOfBinary(start, start.length === size);
  const bytes = await readWholeFile(file);
  return { ...contentOf(format, decodeMessage(messageType(format), bytes), file), text: false };
}

/** The kind of message whose definition fits the beginning of the file best. @throws WireFault where none does. */
function formatOfBinary(start: Buffer, whole: boolean): GraphFormat {
  const fits = (['GraphDef', 'SavedModel', 'MetaGraphDef'] as const).map((format) => ({ format, unknown: unknownFields(format, start, whole) }));
  const best = fits.reduce((a, b) => (b.unknown < a.unknown ? b : a));
  if (best.unknown === Infinity) checkWire(messageType('GraphDef'), start, { whole });
  return best.format;
}

function unknownFields(format: GraphFormat, start: Buffer, whole: boolean): number {
  try {
    return checkWire(messageType(format), start, { whole }).unknown;
  } catch (error) {
    if (error instanceof WireExcess && format === 'GraphDef') throw error;
    return Infinity;
  }
}

function contentOf(format: GraphFormat, message: unknown, file: string): Omit<Content, 'text'> {
  const content = unpacked(format, message);
  if (!content.graph?.node?.length) throw new UserError(`${file} holds no graph: there is no node in it. Give a GraphDef (.pb, .pbtxt), a .meta file or a SavedModel.`);
  return { ...content, graph: content.graph, format };
}

/** Of several meta graphs the one for serving. */
function unpacked(format: GraphFormat, message: unknown): { graph?: GraphMessage; meta?: MetaGraphMessage } {
  if (format === 'GraphDef') return { graph: message as GraphMessage };
  if (format === 'MetaGraphDef') return { graph: (message as MetaGraphMessage).graphDef, meta: message as MetaGraphMessage };
  const metas = (message as SavedModelMessage).metaGraphs;
  const meta = metas.find(({ metaInfoDef }) => metaInfoDef?.tags?.includes('serve')) ?? metas[0];
  return { graph: meta?.graphDef, meta };
}
