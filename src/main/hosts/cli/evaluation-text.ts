import { join } from 'node:path';
import type { JobResult } from '../../../shared/contract/kinds.js';
import { pathText } from './path-text.js';
import { verdict } from '../../../shared/words/verdict.js';
import { counted, decimal } from '../../../shared/words/words.js';

type Evaluation = JobResult<'evaluate'>;
type Figures = Pick<Evaluation, 'auc' | 'aucRebalanced' | 'psnr' | 'chroma'>;

/** Figures of a run beside those of the baselines, a line each. */
export function evaluationTable({ baselines, trueChroma, ...network }: Evaluation): string {
  const rows: [string, Figures][] = [
    ['this run', network], ['gray', baselines.gray], ['most common colour', baselines.mostCommon], ['random colours', baselines.random],
  ];
  return [
    row('', ['AuC', 'rebalanced', 'PSNR', 'chroma']),
    ...rows.map(([name, figures]) => row(name, [decimal(figures.auc, 1), decimal(figures.aucRebalanced, 1), `${decimal(figures.psnr, 1)} dB`, decimal(figures.chroma, 1)])),
    row('the photographs', ['100.0', '100.0', '', decimal(trueChroma, 1)]),
  ].join('\n');
}

/** Evaluation of a run for people. */
export function evaluationText(result: Evaluation): string {
  return `${counted(result.photos, 'photograph')} of ${pathText(result.folder)}, colorized by ${pathText(result.run)} (checkpoint of step ${result.step}):\n\n${evaluationTable(result)}\n\n${verdict(result)}${keptText(result)}`;
}

function keptText({ kept }: Evaluation): string {
  return kept === undefined ? '' : `\nEvery photograph's figures: ${pathText(join(kept, 'photographs.csv'))}`;
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(20)}${cells.map((cell) => cell.padStart(11)).join('')}`;
}
