/** A run's network as a file or folder that other programs load; each is loaded again and compared before it gets its name. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { EXPORT_FORMATS } from '../../../shared/contract/kinds/graph-export.js';
import { UserError } from '../errors.js';
import { writeFault, writeFolderWhole, writeNewFileWhole } from '../files.js';
import { liteAdvice, type LiteAdvice } from '../frozen-graphs/lite-command.js';
import { loaderFacts } from '../frozen-graphs/loaders.js';
import { isVariable } from '../frozen-graphs/variable-nodes.js';
import { graphContent, writeFrozen } from '../graph-running/freeze-file.js';
import { verifyFrozen } from '../graph-running/verify.js';
import { USUAL_LIMITS } from '../graph-running/isolated-graph.js';
import type { JobContext } from '../job.js';
import { writeCheckpoint } from './checkpoint.js';
import { exportedNetwork, frozenNetwork, withoutDefaults, type ExportChoice, type ExportedNetwork } from './exported-network.js';
import { answersOfGraph, answersOfOnnx, answersOfSavedModel, answersOfWebModel, demandSame, exampleLightness, type Answered } from './loaded-again.js';
import { onnxModel } from './onnx.js';
import { OPSET } from './onnx-schema.js';
import { writeRunAsSavedModel } from './saved-model.js';
import { writeWebModel } from './web-model.js';

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions extends ExportChoice {
  format: ExportFormat;
  out: string;
  /** For pb and pbtxt: the structure without the weights. */
  structure: boolean;
}

export interface ExportReport {
  files: string[];
  step: number;
  answer: string;
  /** Between what was loaded again and the frozen graph, on a made-up picture. Absent for a structure, which answers nothing. */
  largestDifference?: number;
  /** Version of ONNX's set of operations. */
  opset?: number;
  /** For pb: the way to TensorFlow Lite. */
  lite?: LiteAdvice;
}

/** Engines that compute in another order round otherwise, layer after layer; in proportion to the largest value. */
const OTHER_ENGINE = 2e-5;

/** @throws UserError where there is no such run, the place is taken, or what was written does not answer the same; then nothing is kept. */
export async function exportRun(options: ExportOptions, context: JobContext): Promise<ExportReport> {
  await refuseTarget(options.out);
  const network = await exportedNetwork(options);
  context.progress.progress({ phase: 'Exporting the network', done: 0, total: 1, unit: 'files' });
  const report = await EXPORTS[options.format](network, options, context);
  return { ...report, step: network.step, answer: network.answer };
}

/** What cannot be written is refused before the work, not after it. */
async function refuseTarget(out: string): Promise<void> {
  const [there, folder] = await Promise.all([out, dirname(out)].map((path) => stat(path).catch(() => undefined)));
  if (there) throw new UserError(`${out} is there already and is not overwritten. Choose another name.`);
  if (!folder?.isDirectory()) throw new UserError(`The folder ${dirname(out)} is not there. Make it, or choose another place.`);
}

type Written = Pick<ExportReport, 'files' | 'largestDifference' | 'opset' | 'lite'>;
type Export = (network: ExportedNetwork, options: ExportOptions, context: JobContext) => Promise<Written>;

const EXPORTS: Readonly<Record<ExportFormat, Export>> = {
  pb: graphFile,
  pbtxt: graphFile,
  checkpoint: checkpointFiles,
  savedmodel: (network, { out }) => folderExport(out, async (folder) => {
    await writeRunAsSavedModel(folder, network);
    return answersOfSavedModel(folder, network.answer, exampleLightness(network.side));
  }, network),
  tfjs: (network, { out }) => folderExport(out, async (folder) => {
    const { graph } = await frozenNetwork(network);
    await writeWebModel(folder, withoutDefaults(graph), [network.answer]);
    return answersOfWebModel(folder, network.answer, exampleLightness(network.side));
  }, network, OTHER_ENGINE),
  onnx: onnxFile,
};

async function graphFile(network: ExportedNetwork, { out, structure, format }: ExportOptions, context: JobContext): Promise<Written> {
  if (!out.endsWith(`.${format}`)) throw new UserError(`The format ${format} wants a file that ends in .${format}, not ${basename(out)}.`);
  if (structure) {
    await writeNewFileWhole(out, graphContent(network.structure, out));
    return { files: [out] };
  }
  const frozen = await frozenNetwork(network);
  const source = { path: out, format: 'GraphDef' as const, text: false, bytes: 0, graph: network.structure };
  const feeds = new Map([['lightness', { kind: 'random' as const, shape: [1, network.side, network.side, 1] }]]);
  const { largestDifference } = await verifyFrozen(source, frozen, network.prefix, { feeds, allow: [], limits: USUAL_LIMITS, seed: 1 }, context);
  const { files } = await writeFrozen(frozen, out, { loaders: true, overwrite: false });
  return { files, largestDifference, ...(format === 'pb' && { lite: liteAdvice(frozen.graph, loaderFacts(frozen.graph, frozen.outputs, out)) }) };
}

async function checkpointFiles(network: ExportedNetwork, { out }: ExportOptions): Promise<Written> {
  return inFolderBeside(out, async (beside) => {
    await writeCheckpoint(network.prefix, join(beside, basename(out)), network.structure.node.filter(isVariable));
    const frozen = await frozenNetwork({ ...network, prefix: join(beside, basename(out)) });
    const found = await answersOfGraph(frozen.graph, network.answer, exampleLightness(network.side));
    const largestDifference = demandSame(await expected(network), found, out);
    return { files: await moveNew(beside, dirname(out)), largestDifference };
  });
}

/** Work in a folder on the same disk that is gone afterwards. @throws UserError where it cannot be made. */
async function inFolderBeside<R>(out: string, work: (folder: string) => Promise<R>): Promise<R> {
  const beside = await mkdtemp(join(dirname(out), '.chromabench-')).catch((error: unknown) => Promise.reject(writeFault(out, error) as Error));
  try {
    return await work(beside);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Copies whole files under names that nothing has yet. */
async function moveNew(from: string, to: string): Promise<string[]> {
  // The index last: without it there is no checkpoint.
  const names = (await readdir(from)).sort((a, b) => Number(a.endsWith('.index')) - Number(b.endsWith('.index')));
  for (const name of names) await writeNewFileWhole(join(to, name), await readFile(join(from, name)));
  return names.map((name) => join(to, name));
}

async function onnxFile(network: ExportedNetwork, { out }: ExportOptions): Promise<Written> {
  const { graph } = await frozenNetwork(network);
  const content = onnxModel(withoutDefaults(graph), [network.answer]);
  return inFolderBeside(out, async (beside) => {
    const path = join(beside, 'model.onnx');
    await writeFile(path, content);
    const found = await answersOfOnnx(path, network.answer, exampleLightness(network.side));
    const largestDifference = demandSame(await expected(network), found, out, OTHER_ENGINE);
    await writeNewFileWhole(out, content);
    return { files: [out], largestDifference, opset: OPSET };
  });
}

async function folderExport(out: string, write: (folder: string) => Promise<Answered[]>, network: ExportedNetwork, allowed?: number): Promise<Written> {
  let largestDifference = 0;
  await writeFolderWhole(out, async (folder) => {
    largestDifference = demandSame(await expected(network), await write(folder), out, allowed);
  });
  const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return { files: files.map((entry) => join(entry.parentPath, entry.name)).sort(), largestDifference };
}

async function expected(network: ExportedNetwork) {
  return answersOfGraph((await frozenNetwork(network)).graph, network.answer, exampleLightness(network.side));
}
