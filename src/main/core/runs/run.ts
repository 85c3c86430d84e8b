/** A run on disk, as its readers see it. Reading never changes the folder, whoever trains it at that moment. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { BinError, type BinSet } from '../../../shared/colour/bins.js';
import { trainingEstimateSchema, type TrainingEstimate } from '../../../shared/contract/estimate.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import {
  coloursFileSchema, priorFileSchema, RUN_SCHEMA_VERSION, runFileSchema, splitFileSchema,
  type ColoursFile, type PriorFile, type RunFile, type RunState, type SplitFile,
} from '../../../shared/run/files.js';
import { parseMetrics, type MetricsLine } from '../../../shared/run/metrics.js';
import { binsOfPrior } from '../../../shared/run/prior.js';
import { PAPER_TEMPERATURE } from '../../../shared/run/temperature.js';
import { UserError } from '../errors.js';
import { bestCheckpoint, listCheckpoints, type Checkpoint } from './checkpoint.js';
import { isLocked } from './lock.js';
import { listPreviews, type Preview } from './preview.js';

export const ESTIMATE_FILE = 'estimate.json';

/** Which checkpoint to take: the best by validation, the newest, or that of a step. */
export type CheckpointChoice = 'best' | 'newest' | number;

/**
 * Opens a run for reading.
 * @param path The run's folder.
 * @throws UserError when it holds no run, a damaged one, or one of a newer format.
 */
export async function openRun(path: string): Promise<Run> {
  const file = parseRunFile(await readText(path, 'run.json'), path);
  const abandoned = file.state === 'training' && !(await isLocked(path));
  return new Run(path, file, abandoned ? 'interrupted' : file.state);
}

export class Run {
  /** @param state As in the file, but `interrupted` where the process that trained it was killed. */
  constructor(
    readonly path: string,
    readonly file: RunFile,
    readonly state: RunState | 'interrupted',
  ) {}

  get config(): TrainingConfig {
    return this.file.config;
  }

  async prior(): Promise<PriorFile> {
    const path = join(this.path, 'prior.json');
    const prior = parseFile(await readText(this.path, 'prior.json'), priorFileSchema, path);
    try {
      binsOfPrior(prior);
    } catch (error) {
      throw error instanceof BinError ? damaged(path, error.message, error) : error;
    }
    return prior;
  }

  async bins(): Promise<BinSet> {
    return binsOfPrior(await this.prior());
  }

  /** Colours of the training photographs; undefined for a run of before they were kept. */
  async colours(): Promise<ColoursFile | undefined> {
    const path = join(this.path, 'colours.json');
    const text = await readFile(path, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : parseFile(text, coloursFileSchema, path);
  }

  async split(): Promise<SplitFile> {
    return parseFile(await readText(this.path, 'split.json'), splitFileSchema, join(this.path, 'split.json'));
  }

  /** What the training was expected to take; undefined where nobody said. */
  async estimate(): Promise<TrainingEstimate | undefined> {
    const text = await readFile(join(this.path, ESTIMATE_FILE), 'utf8').catch(() => 'null');
    return trainingEstimateSchema.safeParse(jsonOrNothing(text)).data;
  }

  /** Every report by ascending step; empty before the first. */
  async metrics(): Promise<MetricsLine[]> {
    return parseMetrics(await readFile(join(this.path, 'metrics.jsonl'), 'utf8').catch(() => ''));
  }

  /** Whole checkpoints by ascending step. */
  checkpoints(): Promise<Checkpoint[]> {
    return listCheckpoints(this.path);
  }

  /**
   * One checkpoint; `best` is the newest where none has been validated yet.
   * @throws UserError when there is none, or none of that step.
   */
  async checkpoint(choice: CheckpointChoice): Promise<Checkpoint> {
    const all = await this.checkpoints();
    const newest = all.at(-1);
    if (newest === undefined) throw new UserError(`${this.path} has no checkpoint yet: let the training go on until the first one is written.`);
    if (choice === 'newest') return newest;
    if (choice === 'best') return bestCheckpoint(all, this.config.checkpoints.best) ?? newest;
    const found = all.find(({ step }) => step === choice);
    if (found === undefined) throw new UserError(`${this.path} has no checkpoint of step ${choice}; it has ${all.map(({ step }) => step).join(', ')}.`);
    return found;
  }

  /** The temperature that colours are taken at unless another is chosen: the one that the checkpoint's validation found best. */
  async temperatureOf({ file }: Checkpoint): Promise<number> {
    // A checkpoint made by a stop or a pause was not validated itself.
    const validated = file.validation ?? bestCheckpoint(await this.checkpoints(), this.config.checkpoints.best)?.file.validation;
    return validated?.temperature ?? PAPER_TEMPERATURE;
  }

  /** Previews by ascending step. */
  previews(): Promise<Preview[]> {
    return listPreviews(this.path);
  }

  /** What happened, a line each. */
  log(): Promise<string> {
    return readFile(join(this.path, 'log.txt'), 'utf8').catch(() => '');
  }
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw new UserError(`${join(folder, name)} could not be read (${code ?? String(error)}). See that you may read it.`, { cause: error });
    throw new UserError(`${folder} is not a run: it has no ${name}. Give the folder that a training wrote.`, { cause: error });
  }
}

function parseRunFile(text: string, folder: string): RunFile {
  const path = join(folder, 'run.json');
  const value = parseJson(text, path) as { schemaVersion?: unknown } | null;
  const version = value?.schemaVersion;
  if (typeof version === 'number' && version > RUN_SCHEMA_VERSION) {
    throw new UserError(`${folder} was written by a newer Chromabench (format ${version}; this one reads up to ${RUN_SCHEMA_VERSION}). Update Chromabench to open it.`);
  }
  return parseFile(text, runFileSchema, path);
}

function parseFile<T>(text: string, schema: z.ZodType<T>, path: string): T {
  const parsed = schema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  const { path: where, message } = parsed.error.issues[0];
  throw damaged(path, `${where.join('.') || 'the file'}: ${message}.`);
}

/** @param why A sentence. */
function damaged(path: string, why: string, cause?: unknown): UserError {
  return new UserError(`${path} is damaged: ${why} Restore it from a copy, or train anew.`, { cause });
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, `${(error as Error).message}.`, error);
  }
}
