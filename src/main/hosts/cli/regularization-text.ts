/** Results of the regularization laboratory for people. */
import type { JobResult } from '../../../shared/contract/kinds.js';
import { PENALTY_NAMES } from '../../../shared/labs/regularization/penalties.js';
import type { PenaltyResult, RegularizationEpoch, RegularizationRun } from '../../../shared/labs/regularization/results.js';
import { spreadText } from '../../../shared/labs/spread-text.js';
import { count, decimal, duration } from '../../../shared/words/words.js';
import { columns } from './lines.js';
import { pathText } from './path-text.js';
import type { ProgressDisplay } from './progress-display.js';

/** Beside the progress: the mean error of the trainings so far. */
export const regularizationView = (display: ProgressDisplay) => ({
  event(name: string, data: unknown): void {
    if (name !== 'epoch') return;
    const errors = (data as RegularizationEpoch).members.flatMap(({ error }) => (error === null ? [] : [error]));
    if (errors.length > 0) display.details(`mean error ${decimal(errors.reduce((sum, v) => sum + v, 0) / errors.length, 2)}`);
  },
});

export function regularizationText({ run, seconds, result }: JobResult<'regularization'>): string {
  return [
    headline('Trained', run, seconds),
    '',
    'Total error on the test points:',
    columns(result.penalties.map((one) => [PENALTY_NAMES[one.kind], `${spreadText(one.error, 3)}   ${one.runs.map(errorText).join('  ')}`])),
    '',
    'Zeros at the end, mean over runs:',
    columns(result.penalties.map((one) => [PENALTY_NAMES[one.kind], zerosText(one)])),
    ...sentences(result.statements),
  ].join('\n');
}

function zerosText({ zeroWeights, exactZeros, deadNeurons, runs }: PenaltyResult): string {
  if (zeroWeights.mean === null) return 'no run came to its end';
  const { neurons } = runs[0].sparsity;
  return `${decimal(zeroWeights.mean, 1)} % of the weights zero, ${decimal(exactZeros.mean!, 1)} % exactly; ${decimal(deadNeurons.mean!, 1)} of ${neurons} neurons dead`;
}

function errorText({ error, diverged }: RegularizationRun): string {
  return error === null || diverged ? 'diverged' : decimal(error, 3);
}

export function outliersText({ run, seconds, result }: JobResult<'outliers'>): string {
  const rows = result.cells.map(({ loss, penalty, withOutliers, withoutOutliers, pull }): [string, string] => [
    `${loss} loss, ${penalty.toUpperCase()}`,
    `line moved by ${spreadText(pull, 3)}; error with outliers ${spreadText(withOutliers, 3)}, without ${spreadText(withoutOutliers, 3)}`,
  ]);
  return [headline('Compared', run, seconds), '', columns(rows), ...sentences(result.statements)].join('\n');
}

export function sweepText({ run, seconds, result }: JobResult<'sweep'>): string {
  const rows = result.points.map(({ kind, lambda, error, zeroWeights, diverged }): [string, string] => {
    const isBest = result.best?.kind === kind && result.best.lambda === lambda;
    const lost = diverged > 0 ? `   ${count(diverged)} diverged` : '';
    return [
      kind === 'none' ? PENALTY_NAMES.none : `${PENALTY_NAMES[kind]}, lambda ${lambda}`,
      `error ${spreadText(error, 3)}   ${zeroWeights.mean === null ? '-' : decimal(zeroWeights.mean, 1)} % of the weights zero${lost}${isBest ? '   best' : ''}`,
    ];
  });
  return [headline('Swept', run, seconds), '', columns(rows), ...sentences(result.statements)].join('\n');
}

export function shrinkText({ run, seconds, shrink }: JobResult<'shrink'>): string {
  const { full, small } = shrink;
  const rows: [string, string][] = [
    ['full network', `${full.sizes.join('-')}, ${count(full.parameters)} numbers, error ${spreadText(full.spread, 3)}`],
    ['smaller network', `${small.sizes.join('-')}, ${count(small.parameters)} numbers, error ${spreadText(small.spread, 3)}`],
  ];
  return [headline('Shrunk', run, seconds), '', columns(rows), ...sentences(shrink.statements)].join('\n');
}

function headline(what: string, run: string, seconds: number): string {
  return `${what} in ${duration(seconds)}: ${pathText(run)}`;
}

function sentences(statements: readonly string[]): string[] {
  return statements.length === 0 ? [] : ['', ...statements];
}
