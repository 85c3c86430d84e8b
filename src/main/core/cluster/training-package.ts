/** What a training job is sent with: the network, the settings, the tables of colours, and where it goes on from (python/cluster/chromabench_cluster/job.py reads it). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AB_CELLS, AB_MIN } from '../../../shared/colour/cells.js';
import { BinEncoder } from '../../../shared/colour/encode.js';
import { encodingOf } from '../../../shared/run/encoding.js';
import type { PriorFile, RunFile, SplitFile } from '../../../shared/run/files.js';
import { binsOfPrior } from '../../../shared/run/prior.js';
import { TRIED_TEMPERATURES } from '../../../shared/run/temperature.js';
import { UserError } from '../errors.js';
import { savedModelBytes } from '../graph/index.js';
import type { SharedColorizerGraph } from '../networks/index.js';
import type { BestValidation } from '../training/training-loop.js';
import { learningRate } from '../training/learning-rate.js';
import { storedPhotos } from '../training/stored-photos.js';
import { validationSquares } from '../training/validation.js';
import type { CheckpointFile } from '../../../shared/run/files.js';
import type { Checkpoint } from '../runs/checkpoint.js';
import { bytesOf, colourTables, json } from './package-files.js';
import { pythonFiles, type PackageFiles } from './python-package.js';
import { MOST_PACKAGE_BYTES } from './ray-jobs.js';

/** Workers that may be lost, one after the other, before a training counts as failed. */
const MOST_FAILURES = 8;

export interface TrainingPackage {
  file: RunFile;
  prior: PriorFile;
  split: SplitFile;
  graph: SharedColorizerGraph;
  workers: number;
  /** Where the workers keep checkpoints and decoded photographs. */
  storage: string;
  /** Where the workers see the photographs; undefined where they are sent along. */
  place?: string;
  /** What it goes on from. */
  start?: Checkpoint;
  best?: BestValidation;
}

/** @throws UserError when the photographs are too many to be sent along, or cannot be read. */
export async function trainingFiles(job: TrainingPackage): Promise<PackageFiles> {
  const { file, prior, split, graph, start, place } = job;
  const photographs = storedPhotos(split, file.config, file.network.patch);
  const rows = Object.entries(photographs).map(([use, photos]) => [use, photos.map(({ path, contentId, seen }) => [path, contentId, seen.width, seen.height])]);
  return {
    ...(await pythonFiles()),
    ...(place === undefined ? await sentPhotographs(file.data.folder, [...photographs.training, ...photographs.validation].map(({ path }) => path)) : {}),
    ...(start === undefined ? {} : await startFiles(start)),
    'network/saved_model.pb': savedModelBytes(graph.graph, graph.signatures),
    'job.json': json(settingsOf(job, photographs.validation)),
    'photographs.json': json(Object.fromEntries(rows)),
    'prior.json': json(prior),
    'rates.f32': bytesOf(Float32Array.from({ length: file.steps }, (_, index) => learningRate(file.config.rate, index + 1, file.steps))),
    'colour.f64': colourTables(),
    ...encodingTables(prior, file),
  };
}

function settingsOf({ file, workers, storage, place, graph, start, best }: TrainingPackage, validation: readonly { seen: { width: number; height: number } }[]) {
  const { patch, Q } = file.network;
  const shortest = Math.min(...validation.map(({ seen }) => Math.min(seen.width, seen.height)), Infinity);
  return {
    config: file.config, steps: file.steps, workers, storage,
    folder: place ?? null,
    grid: { patch, border: graph.border, stride: graph.outputStride },
    takesHints: graph.takesHints,
    validation: { ...validationSquares(graph, Q, { patch, shortest: Number.isFinite(shortest) ? shortest : patch }), temperatures: TRIED_TEMPERATURES },
    best: start === undefined ? null : standing(start.file, best),
    failures: MOST_FAILURES,
  };
}

function standing({ step, stale }: CheckpointFile, best: BestValidation | undefined) {
  return { step, stale, best: best ?? null };
}

async function startFiles({ folder }: Checkpoint): Promise<PackageFiles> {
  const names = ['model.ckpt.index', 'model.ckpt.data-00000-of-00001'];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [`start/${name}`, new Uint8Array(await readFile(join(folder, name)))] as const)));
}

async function sentPhotographs(folder: string, paths: readonly string[]): Promise<PackageFiles> {
  const files: PackageFiles = {};
  let total = 0;
  for (const path of paths) {
    const bytes = await photographBytes(folder, path);
    total += bytes.length;
    if (total > MOST_PACKAGE_BYTES) throw new UserError(tooMany(folder));
    files[`photographs/${path}`] = bytes;
  }
  return files;
}

async function photographBytes(folder: string, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(join(folder, path)));
  } catch (error) {
    throw new UserError(`${join(folder, path)} cannot be sent along: it is not there any more, or cannot be read. Bring it back, or say where the cluster's machines see the folder.`, { cause: error, option: '--place' });
  }
}

function tooMany(folder: string): string {
  return `The photographs in ${folder} are more than the ${Math.floor(MOST_PACKAGE_BYTES / 2 ** 20)} MB that can be sent along with a job. Put the folder where the cluster's machines see it, and say where.`;
}

/** The bin of every ab cell; of kernels the shares of every bin, [Q, Q]. */
function encodingTables(prior: PriorFile, { config }: RunFile): PackageFiles {
  const encoder = new BinEncoder(binsOfPrior(prior), encodingOf(config.encoding));
  const cells = Int16Array.from({ length: AB_CELLS * AB_CELLS }, (_, cell) => encoder.hardBin(middle(Math.floor(cell / AB_CELLS)), middle(cell % AB_CELLS)));
  return { 'bin-of-cell.i16': bytesOf(cells), ...(config.encoding.kind === 'kernel' ? { 'kernels.f32': bytesOf(kernels(encoder, cells)) } : {}) };
}

function middle(index: number): number {
  return index + AB_MIN + 0.5;
}

function kernels(encoder: BinEncoder, binOfCell: Int16Array): Float32Array {
  const { Q } = encoder.bins;
  const table = new Float32Array(Q * Q);
  const [indices, shares] = [new Int32Array(encoder.support), new Float32Array(encoder.support)];
  for (let bin = 0; bin < Q; bin++) {
    // A cell of the bin's own tile stands for the bin.
    const cell = binOfCell.indexOf(bin);
    const used = encoder.softBins(middle(Math.floor(cell / AB_CELLS)), middle(cell % AB_CELLS), indices, shares);
    for (let k = 0; k < used; k++) table[bin * Q + indices[k]] += shares[k];
  }
  return table;
}
