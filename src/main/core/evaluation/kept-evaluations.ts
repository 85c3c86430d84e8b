/**
 * Evaluations beside their run: a folder each, which appears whole or not at all. evaluation.json holds the figures,
 * photographs.csv every photograph, and the strips of the best and the worst lie beside them. Loads nothing native.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChartTable } from '../../../shared/charts/chart.js';
import { vividness } from '../../../shared/colour/metrics.js';
import { csvOf } from '../../../shared/charts/table-file.js';
import {
  EVALUATION_VERSION, evaluationFileSchema, evaluationIdSchema, type EvaluationFile, type PhotoFigures,
} from '../../../shared/run/evaluation.js';
import { UserError } from '../errors.js';
import { writeFault, writeFolderWhole } from '../files.js';
import type { JobContext } from '../job.js';
import type { Evaluated } from './evaluate.js';

const FOLDER = 'evaluations';
const FILE = 'evaluation.json';
export const PHOTOGRAPHS_FILE = 'photographs.csv';

/** An evaluation as it was found: read, or the reason why it cannot be. */
export type KeptEvaluation = { id: string; file: EvaluationFile } | { id: string; fault: string };

/**
 * Keeps an evaluation. Where the run's folder cannot be written the figures are not lost for it: that is told as a warning.
 * @returns The evaluation's folder; undefined where it could not be kept.
 */
export async function keepEvaluation(
  run: string,
  evaluated: Evaluated,
  facts: Pick<EvaluationFile, 'step' | 'part'>,
  { progress }: Pick<JobContext, 'progress'>,
): Promise<string | undefined> {
  const created = new Date();
  const folder = join(run, FOLDER, `${stampOf(created)}-${randomUUID().slice(0, 4)}`);
  const file: EvaluationFile = { version: EVALUATION_VERSION, created: created.toISOString(), ...facts, ...evaluated.report };
  try {
    await mkdir(join(run, FOLDER), { recursive: true });
    await writeFolderWhole(folder, (aside) => fill(aside, file, evaluated));
    return folder;
  } catch (error) {
    const fault = writeFault(folder, error);
    if (!(fault instanceof UserError)) throw fault;
    progress.note(`The evaluation is not kept beside the run: ${fault.message}`, 'warning');
    return undefined;
  }
}

async function fill(folder: string, file: EvaluationFile, { photographs, strips }: Evaluated): Promise<void> {
  await writeFile(join(folder, PHOTOGRAPHS_FILE), csvOf(photographsTable(photographs)));
  for (const [name, strip] of strips) await writeFile(join(folder, name), strip);
  await writeFile(join(folder, FILE), `${JSON.stringify(file)}\n`);
}

/** `20260102-030405`, UTC. */
function stampOf(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** Every photograph of an evaluation, a row each. */
function photographsTable(photographs: readonly PhotoFigures[]): ChartTable {
  return {
    columns: ['photograph', 'AuC (%)', 'AuC rebalanced (%)', 'AuC left gray (%)', 'PSNR (dB)', 'chroma (ab units)', 'true chroma (ab units)', 'vividness'],
    rows: photographs.map((photo) => [photo.path, photo.auc, photo.aucRebalanced, photo.grayAuc, photo.psnr, photo.chroma, photo.trueChroma, vividness(photo.chroma, photo.trueChroma)]),
  };
}

/** All evaluations of a run, the newest first. */
export async function listEvaluations(run: string): Promise<KeptEvaluation[]> {
  const names = await readdir(join(run, FOLDER)).catch(() => []);
  const ids = names.filter((name) => evaluationIdSchema.safeParse(name).success).sort().reverse();
  return Promise.all(ids.map(async (id) => {
    try {
      return { id, file: await readEvaluation(run, id) };
    } catch (error) {
      return { id, fault: (error as Error).message };
    }
  }));
}

/**
 * @param id As `listEvaluations` names it.
 * @throws UserError when it is not there, damaged, or of a newer format.
 */
export async function readEvaluation(run: string, id: string): Promise<EvaluationFile> {
  const path = join(evaluationFolder(run, id), FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`${path} could not be read (${(error as NodeJS.ErrnoException).code ?? String(error)}). Evaluate the run anew.`, { cause: error });
  });
  const value = parsed(text, path);
  const { version } = value as { version?: unknown };
  if (typeof version === 'number' && version > EVALUATION_VERSION) {
    throw new UserError(`${path} was written by a newer Chromabench (format ${version}; this one reads up to ${EVALUATION_VERSION}). Update Chromabench to read it.`);
  }
  const checked = evaluationFileSchema.safeParse(value);
  if (checked.success) return checked.data;
  const [{ path: where, message }] = checked.error.issues;
  throw new UserError(`${path} is damaged: ${where.join('.') || 'the file'}: ${message}. Evaluate the run anew.`);
}

/** Folder of an evaluation. @throws UserError where the name is none of an evaluation: it must not lead elsewhere. */
export function evaluationFolder(run: string, id: string): string {
  if (!evaluationIdSchema.safeParse(id).success) throw new UserError(`${id} names no evaluation. Evaluations are named as in ${join(run, FOLDER)}.`);
  return join(run, FOLDER, id);
}

function parsed(text: string, path: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below, like anything else that is no object.
  }
  throw new UserError(`${path} is damaged: it is not JSON. Evaluate the run anew.`);
}
