/** Results of the activation laboratory for people. */
import type { JobResult } from '../../../shared/contract/kinds.js';
import { ACTIVATION_NAMES } from '../../../shared/labs/activations/functions.js';
import type { ActivationRow, ActivationsReport, VariantResult } from '../../../shared/labs/activations/results.js';
import { spreadText } from '../../../shared/labs/spread-text.js';
import { count, decimal, duration } from '../../../shared/words/words.js';
import { columns } from './lines.js';
import { pathText } from './path-text.js';
import type { ProgressDisplay } from './progress-display.js';

/** Beside the progress: loss and accuracy; a line for every training that came to its end. */
export const activationsView = (display: ProgressDisplay) => ({
  event(name: string, data: unknown): void {
    // The contract gives events of these names these very types.
    if (name === 'report') {
      const { loss, accuracy } = data as ActivationsReport;
      if (loss !== null && accuracy !== null) display.details(`loss ${decimal(loss, 3)} · ${decimal(accuracy, 1)} % right`);
    }
    if (name === 'variant') display.line(variantLine(data as VariantResult));
  },
});

function variantLine({ activation, normalization, run, accuracy, millisecondsAStep, diverged }: VariantResult): string {
  const what = `${ACTIVATION_NAMES[activation]} ${normalization} normalization, run ${run + 1}`;
  return accuracy === null ? `${what}: diverged at step ${count(diverged?.step ?? 0)}` : `${what}: ${decimal(accuracy, 2)} % right, ${decimal(millisecondsAStep, 2)} ms a step`;
}

export function activationsText({ run, seconds, result }: JobResult<'activations'>): string {
  return [
    `Trained in ${duration(seconds)} of steps: ${pathText(run)}`,
    '',
    `Right answers on ${count(result.pictures.test)} test pictures, after ${count(result.pictures.training)} to train on:`,
    columns(result.rows.map((row) => [`${ACTIVATION_NAMES[row.activation]}, ${row.normalization} normalization`, rowText(row)])),
    ...(result.statements.length > 0 ? ['', ...result.statements] : []),
  ].join('\n');
}

function rowText({ accuracy, loss, millisecondsAStep, silent }: ActivationRow): string {
  if (accuracy.mean === null) return 'diverged';
  return `${spreadText(accuracy, 2)} %   loss ${decimal(loss.mean!, 4)}   ${decimal(millisecondsAStep.mean!, 2)} ms a step   ${decimal(silent.mean!, 1)} % of the units silent`;
}
