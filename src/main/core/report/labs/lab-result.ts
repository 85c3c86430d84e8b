/** What came out of a laboratory's run, in sentences and in a table. */
import { ACTIVATION_NAMES } from '../../../../shared/labs/activations/functions.js';
import { activationsResultSchema, type ActivationsResult } from '../../../../shared/labs/activations/results.js';
import { PENALTY_NAMES } from '../../../../shared/labs/regularization/penalties.js';
import {
  outliersResultSchema, regularizationResultSchema, shrinkResultSchema, sweepResultSchema,
  type OutliersResult, type RegularizationResult, type SweepResult,
} from '../../../../shared/labs/regularization/results.js';
import { spreadText } from '../../../../shared/labs/spread-text.js';
import { decimal } from '../../../../shared/words/words.js';
import type { Lab } from '../../labs/lab-folder.js';
import { html, type Markup } from '../markup.js';
import { plainTable, type Section } from '../sections/frame.js';

/** @throws UserError when the run is not finished or damaged. */
export async function labResult(lab: Lab): Promise<Section> {
  const { statements, table } = await outcomeOf(lab);
  return { id: 'result', title: 'Result', content: html`<ul>${statements.map((sentence) => html`<li>${sentence}</li>`)}</ul>${table}` };
}

async function outcomeOf(lab: Lab): Promise<{ statements: readonly string[]; table: Markup }> {
  switch (lab.file.kind) {
    case 'regularization': {
      const result = await lab.read('result.json', regularizationResultSchema);
      // Earlier versions could end a run without it.
      const shrunk = lab.file.origin === undefined ? [] : ((await lab.readWhereThere('shrink.json', shrinkResultSchema))?.statements ?? []);
      return { statements: [...shrunk, ...result.statements], table: errorsTable(result) };
    }
    case 'sweep': {
      const result = await lab.read('result.json', sweepResultSchema);
      return { statements: result.statements, table: sweepTable(result) };
    }
    case 'outliers': {
      const result = await lab.read('result.json', outliersResultSchema);
      return { statements: result.statements, table: outliersTable(result) };
    }
    case 'activations': {
      const result = await lab.read('result.json', activationsResultSchema);
      return { statements: result.statements, table: activationsTable(result) };
    }
  }
}

function errorsTable({ penalties }: RegularizationResult): Markup {
  const columns = ['Penalty', 'Runs', 'Lowest', 'Highest', 'Mean ± deviation', 'Zero weights (%)', 'Exactly zero (%)', 'Dead neurons'];
  return plainTable('Error at the test points, in the units of y', columns, penalties.map(({ kind, runs, error, zeroWeights, exactZeros, deadNeurons }) => {
    const errors = runs.flatMap((run) => (run.error === null || run.diverged ? [] : [run.error]));
    const ends = errors.length > 0 ? [decimal(Math.min(...errors), 2), decimal(Math.max(...errors), 2)] : ['', ''];
    return [PENALTY_NAMES[kind], runs.length, ...ends, spreadText(error, 2), spreadText(zeroWeights, 1), spreadText(exactZeros, 1), spreadText(deadNeurons, 1)];
  }));
}

function sweepTable({ points }: SweepResult): Markup {
  return plainTable('Error at a held-out point, in the units of y', ['Penalty', 'Lambda', 'Mean ± deviation', 'Zero weights (%)', 'Dead neurons'], points.map(({ kind, lambda, error, zeroWeights, deadNeurons }) =>
    [PENALTY_NAMES[kind], lambda, spreadText(error, 3), spreadText(zeroWeights, 1), spreadText(deadNeurons, 1)]));
}

function outliersTable({ cells }: OutliersResult): Markup {
  return plainTable('How far outliers move the fitted line, in the units of y', ['Loss and penalty', 'Error with outliers', 'Error without', 'Moved by'], cells.map(({ loss, penalty, withOutliers, withoutOutliers, pull }) =>
    [`${loss}, ${PENALTY_NAMES[penalty]}`, spreadText(withOutliers, 3), spreadText(withoutOutliers, 3), spreadText(pull, 3)]));
}

function activationsTable({ rows }: ActivationsResult): Markup {
  return plainTable('On the test pictures', ['Activation', 'Normalization', 'Accuracy (%)', 'Loss', 'A step (ms)', 'Silent units (%)'], rows.map(({ activation, normalization, accuracy, loss, millisecondsAStep, silent }) =>
    [ACTIVATION_NAMES[activation], normalization, spreadText(accuracy, 2), spreadText(loss, 4), spreadText(millisecondsAStep, 2), spreadText(silent, 1)]));
}
