import { join } from 'node:path';
import type { JobResult } from '../../../shared/contract/kinds.js';
import { vividness } from '../../../shared/colour/metrics.js';
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
    row('', ['AuC', 'rebalanced', 'PSNR', 'chroma', 'vividness']),
    ...rows.map(([name, figures]) => row(name, [decimal(figures.auc, 1), decimal(figures.aucRebalanced, 1), `${decimal(figures.psnr, 1)} dB`, ...chromaCells(figures.chroma, trueChroma)])),
    row('the photographs', ['100.0', '100.0', '', ...chromaCells(trueChroma, trueChroma)]),
  ].join('\n');
}

function chromaCells(chroma: number, trueChroma: number): string[] {
  return [decimal(chroma, 1), decimal(vividness(chroma, trueChroma), 2)];
}

/** What is lost on old scans of the photographs, a line each; nothing where they were not measured. */
function wornTable({ worn, aucRebalanced, auc, vividness: clean }: Evaluation): string | undefined {
  return worn && ['Old scans of the same photographs:', '',
    row('', ['AuC', 'rebalanced', 'lost', 'vividness']),
    row('as they are', [decimal(auc, 1), decimal(aucRebalanced, 1), '', clean === undefined ? '' : decimal(clean, 2)]),
    ...worn.map((one) => row(one.wear, [decimal(one.auc, 1), decimal(one.aucRebalanced, 1), decimal(one.lost, 2), decimal(one.vividness, 2)])),
  ].join('\n');
}

/** Evaluation of a run for people. */
export function evaluationText(result: Evaluation): string {
  const what = `${counted(result.photos, 'photograph')} of ${pathText(result.folder)}, colorized by ${pathText(result.run)} (checkpoint of step ${result.step}):`;
  const parts = [what, evaluationTable(result), wornTable(result), `${verdict(result)}${keptText(result)}`];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function keptText({ kept }: Evaluation): string {
  return kept === undefined ? '' : `\nEvery photograph's figures: ${pathText(join(kept, 'photographs.csv'))}`;
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(20)}${cells.map((cell) => cell.padStart(11)).join('')}`;
}
