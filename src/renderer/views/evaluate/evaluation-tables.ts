/** What an evaluation has to show in rows: the run beside what knows nothing of the picture, and beside the paper. */
import type { Chart } from '../../../shared/charts/chart.js';
import type { EvaluationFigures, EvaluationFile } from '../../../shared/run/evaluation.js';
import { vividness } from '../../../shared/colour/metrics.js';
import { capital } from '../../../shared/words/words.js';
import { PUBLISHED, publishedName } from '../../../shared/run/published-accuracy.js';

type Evaluation = Omit<EvaluationFile, 'version'>;

/** Figures of a way of colorizing; absent where they mean nothing. */
export interface WayRow {
  way: string;
  auc: number;
  aucRebalanced: number;
  psnr?: number;
  chroma: number;
  /** Mean chroma over that of the photographs. */
  vividness: number;
}

export function wayRows(evaluation: Evaluation): WayRow[] {
  const { trueChroma, baselines: { gray, mostCommon, random } } = evaluation;
  const row = (way: string, { auc, aucRebalanced, psnr, chroma }: EvaluationFigures): WayRow =>
    ({ way, auc, aucRebalanced, psnr, chroma, vividness: vividness(chroma, trueChroma) });
  return [
    row('This run', evaluation), row('Gray', gray), row('Most common colour', mostCommon), row('Random colours', random),
    { way: 'The photographs', auc: 100, aucRebalanced: 100, chroma: trueChroma, vividness: 1 },
  ];
}

/** How far a way lies above gray, on the photographs that it was measured on. */
export interface PaperRow {
  way: string;
  /** Of the paper, or measured here. */
  here: boolean;
  auc: number;
  aucRebalanced: number;
  aboveGray: number;
  aboveGrayRebalanced: number;
}

export function paperRows({ auc, aucRebalanced, baselines: { gray } }: Evaluation): PaperRow[] {
  const [theirs] = PUBLISHED;
  const row = (way: string, here: boolean, figures: Pick<PaperRow, 'auc' | 'aucRebalanced'>, base: Pick<PaperRow, 'auc' | 'aucRebalanced'>): PaperRow => ({
    way, here, auc: figures.auc, aucRebalanced: figures.aucRebalanced,
    aboveGray: figures.auc - base.auc, aboveGrayRebalanced: figures.aucRebalanced - base.aucRebalanced,
  });
  return [
    ...PUBLISHED.map((published) => row(publishedName(published), false, published, theirs)),
    row('Gray, here', true, gray, gray), row('This run, here', true, { auc, aucRebalanced }, gray),
  ];
}

export function waysTable(evaluation: Evaluation): Pick<Chart, 'name' | 'title' | 'table'> {
  return {
    name: 'evaluation', title: 'A run beside ways that know nothing of the picture',
    table: {
      columns: ['way', 'AuC (%)', 'AuC rebalanced (%)', 'PSNR (dB)', 'chroma (ab units)', 'vividness'],
      rows: wayRows(evaluation).map((row) => [row.way, row.auc, row.aucRebalanced, row.psnr ?? null, row.chroma, row.vividness]),
    },
  };
}

export function paperTable(evaluation: Evaluation): Pick<Chart, 'name' | 'title' | 'table'> {
  return {
    name: 'beside-the-paper', title: 'A run beside the paper',
    table: {
      columns: ['way', 'AuC (%)', 'above gray', 'AuC rebalanced (%)', 'rebalanced, above gray'],
      rows: paperRows(evaluation).map((row) => [row.way, row.auc, row.aboveGray, row.aucRebalanced, row.aboveGrayRebalanced]),
    },
  };
}

/** The photographs as they are and as old scans; `lost` in points of rebalanced AuC. */
export interface WornRow {
  photographs: string;
  auc: number;
  aucRebalanced: number;
  lost?: number;
  vividness: number;
}

/** No rows where no old scans were measured. */
export function wornRows({ worn = [], auc, aucRebalanced, chroma, trueChroma }: Evaluation): WornRow[] {
  if (worn.length === 0) return [];
  return [
    { photographs: 'As they are', auc, aucRebalanced, vividness: vividness(chroma, trueChroma) },
    ...worn.map((one) => ({ photographs: capital(one.wear), auc: one.auc, aucRebalanced: one.aucRebalanced, lost: one.lost, vividness: one.vividness })),
  ];
}

export function wornTable(evaluation: Evaluation): Pick<Chart, 'name' | 'title' | 'table'> {
  return {
    name: 'old-scans', title: 'Old scans of the same photographs',
    table: {
      columns: ['photographs', 'AuC (%)', 'AuC rebalanced (%)', 'lost (points)', 'vividness'],
      rows: wornRows(evaluation).map((row) => [row.photographs, row.auc, row.aucRebalanced, row.lost ?? null, row.vividness]),
    },
  };
}
