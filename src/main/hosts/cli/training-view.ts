import type { MetricsLine } from '../../../shared/run/metrics.js';
import type { JobResult } from '../../../shared/contract/kinds.js';
import type { ProgressDisplay } from './progress-display.js';
import { pathText } from './path-text.js';
import { count, counted, decimal, duration } from '../../../shared/words/words.js';
import { columns } from './lines.js';

/** Beside the progress of a training: loss and speed, and a line for every validation. */
export const trainingView = (display: ProgressDisplay) => ({
  event(name: string, data: unknown): void {
    if (name !== 'metrics') return;
    // The contract gives the event of this name this very type, in every kind of job that trains.
    const line = data as MetricsLine;
    display.details(`loss ${decimal(line.loss, 3)} · ${decimal(line.photographsASecond, 1)} photographs/s`);
    if (line.validation) display.line(validationLine(line));
  },
});

function validationLine({ step, loss, validation }: MetricsLine): string {
  const { loss: validationLoss, auc, aucRebalanced } = validation!;
  return `Step ${count(step)}: loss ${decimal(loss, 3)}, validation ${decimal(validationLoss, 3)}, AuC ${decimal(auc, 1)} (rebalanced ${decimal(aucRebalanced, 1)})`;
}

/** A run for people, when its training has ended. */
export function trainingText(result: JobResult<'train'>): string {
  const { training, validation, test } = result.photographs;
  return [
    `${result.state === 'finished' ? 'Trained' : 'Stopped'}: ${pathText(result.run)}`,
    columns([
      ['steps', `${count(result.step)} of ${count(result.steps)}${result.reason ? `: ${result.reason}` : ''}`],
      ['time', duration(result.seconds)],
      ['photographs', `${count(training)} to learn from, ${count(validation)} to validate, ${count(test)} kept for test`],
      ['network', `${counted(result.parameters, 'number')} to learn, ${counted(result.Q, 'colour bin')}`],
      ...figures(result),
    ]),
    '',
    `Colorize with it:  chromabench colorize ${pathText(result.run)} PHOTOGRAPHS --out FOLDER`,
  ].join('\n');
}

function figures({ last, best, waitShare, skipped }: JobResult<'train'>): [string, string][] {
  const rows: [string, string][] = [];
  if (last) rows.push(['loss', decimal(last.loss, 4)]);
  if (best) rows.push(['best', `step ${count(best.step)}: AuC ${decimal(best.auc, 1)}, rebalanced ${decimal(best.aucRebalanced, 1)}`]);
  if (waitShare !== undefined) rows.push(['waited for data', `${decimal(100 * waitShare, 1)} % of the time`]);
  if (skipped.length) rows.push(['left out', counted(skipped.length, 'photograph that could not be read any more', 'photographs that could not be read any more')]);
  return rows;
}
