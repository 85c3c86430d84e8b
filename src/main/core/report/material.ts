/** All that a report is made of, gathered from a run's folder. */
import { basename, resolve } from 'node:path';
import type { BinSet } from '../../../shared/colour/bins.js';
import type { ColoursFile, PriorFile, SplitFile } from '../../../shared/run/files.js';
import type { EvaluationFile } from '../../../shared/run/evaluation.js';
import { binsOfPrior } from '../../../shared/run/prior.js';
import type { TrainingCurvesData } from '../../../shared/charts/training-curves.js';
import { curvesOfRun } from '../charts/sources.js';
import { readClusterRecord } from '../cluster/cluster-record.js';
import { listEvaluations, readEvaluation } from '../evaluation/kept-evaluations.js';
import type { JobContext } from '../job.js';
import { openColorizer, type LayerFilters, type Run } from '../runs/index.js';
import type { CardMaterial } from './card/material.js';
import { exampleStrips } from './examples.js';
import { evaluationStrips, type ShownStrip } from './strips.js';
import { previewTable, type PreviewTable } from './previews.js';

/** Which evaluation the report shows: the newest where there is one, none, or one by its id. */
export type EvaluationChoice = 'newest' | 'none' | (string & {});

export interface ReportMaterial {
  /** Of the run's folder. */
  name: string;
  run: Run;
  prior: PriorFile;
  bins: BinSet;
  /** Undefined for a run of before they were kept. */
  colours: ColoursFile | undefined;
  curves: TrainingCurvesData;
  split: SplitFile;
  previews: PreviewTable | undefined;
  evaluation: ShownEvaluation | undefined;
  /** Held-out photographs gray, colorized, true; where no evaluation shows them. */
  examples: ShownStrip[];
  /** Kernels of the first layers; none before the first checkpoint. */
  filters: LayerFilters[];
  cluster: CardMaterial['cluster'];
}

export interface ShownEvaluation {
  id: string;
  file: EvaluationFile;
  best: ShownStrip[];
  worst: ShownStrip[];
}

/** Layers whose filters are shown: those nearest to the picture, the only ones that can be read. */
const LAYERS = 2;

/** @throws UserError when the run or the evaluation that was asked for cannot be read. */
export async function gatherReport(run: Run, choice: EvaluationChoice, { signal }: Pick<JobContext, 'signal'>): Promise<ReportMaterial> {
  const prior = await run.prior();
  const evaluation = await evaluationOf(run, choice);
  signal.throwIfAborted();
  return {
    name: nameOf(run), run, prior, evaluation,
    bins: binsOfPrior(prior),
    colours: await run.colours(),
    curves: await curvesOfRun(run),
    split: await run.split(),
    cluster: await readClusterRecord(run.path),
    previews: await previewTable(await run.previews()),
    ...(await ofNetwork(run, evaluation === undefined, signal)),
  };
}

/** What the model card alone is made of, and the evaluation's id. @throws UserError as `gatherReport` */
export async function gatherCard(run: Run, choice: EvaluationChoice): Promise<{ card: CardMaterial; id: string | undefined }> {
  const chosen = await chosenEvaluation(run, choice);
  const { metrics } = await curvesOfRun(run);
  return { card: { name: nameOf(run), run, split: await run.split(), metrics, cluster: await readClusterRecord(run.path), evaluation: chosen?.file }, id: chosen?.id };
}

function nameOf(run: Run): string {
  return basename(resolve(run.path));
}

async function chosenEvaluation(run: Run, choice: EvaluationChoice): Promise<Pick<ShownEvaluation, 'id' | 'file'> | undefined> {
  if (choice === 'none') return undefined;
  return choice === 'newest' ? newest(run) : { id: choice, file: await readEvaluation(run.path, choice) };
}

async function evaluationOf(run: Run, choice: EvaluationChoice): Promise<ShownEvaluation | undefined> {
  const found = await chosenEvaluation(run, choice);
  return found && { ...found, ...(await evaluationStrips(run.path, found.id, found.file)) };
}

/** The newest that can be read: one that is damaged must not keep a report from being made. */
async function newest(run: Run): Promise<{ id: string; file: EvaluationFile } | undefined> {
  return (await listEvaluations(run.path)).find((one) => 'file' in one);
}

/** What only the open network can tell: filters, and colours of photographs that nothing else shows. */
async function ofNetwork(run: Run, wantsExamples: boolean, signal: AbortSignal): Promise<Pick<ReportMaterial, 'filters' | 'examples'>> {
  if ((await run.checkpoints()).length === 0) return { filters: [], examples: [] };
  const colorizer = await openColorizer(run);
  try {
    return {
      filters: colorizer.filters().slice(0, LAYERS),
      examples: wantsExamples ? await exampleStrips(run, colorizer, signal) : [],
    };
  } finally {
    colorizer.close();
  }
}
