import { aucChart, lossChart } from '../../../../shared/charts/training-curves.js';
import type { MetricsLine } from '../../../../shared/run/metrics.js';
import { count, decimal } from '../../../../shared/words/words.js';
import { chartFigure } from '../chart-figure.js';
import { html, type Markup } from '../markup.js';
import type { ReportMaterial } from '../material.js';
import { pictureTag } from '../picture.js';
import { evenly, type PreviewTable } from '../previews.js';
import { framed, plainTable, type Section } from './frame.js';

type Validated = MetricsLine & { validation: NonNullable<MetricsLine['validation']> };

/** Validations listed in numbers. */
const LISTED = 25;

/** Curves, their numbers, and the same photographs through the training. */
export function trainingSection({ curves, previews }: ReportMaterial): Section {
  const validated = curves.metrics.filter((line): line is Validated => line.validation !== undefined);
  return {
    id: 'training', title: 'Training',
    content: html`${curves.metrics.length > 0 ? chartFigure((theme) => lossChart(curves, theme), lossText(curves.metrics, validated)) : html`<p>The training ended before its first report.</p>`}
${validated.length > 0 ? [chartFigure((theme) => aucChart(curves, theme), aucText(validated)), validationsTable(validated)] : undefined}
${previews && previewsTable(previews)}`,
  };
}

function lossText(metrics: readonly MetricsLine[], validated: readonly Validated[]): string {
  const [first, last] = [metrics[0], metrics[metrics.length - 1]];
  const best = validated.length > 0 ? ` The lowest validation loss is ${decimal(Math.min(...validated.map(({ validation }) => validation.loss)), 3)} nats.` : '';
  return `The training loss goes from ${decimal(first.loss, 3)} to ${decimal(last.loss, 3)} nats over ${count(last.step)} steps.${best}`;
}

function aucText(validated: readonly Validated[]): string {
  const last = validated[validated.length - 1].validation;
  return `At the last validation: AuC ${decimal(last.auc, 1)} %, rebalanced ${decimal(last.aucRebalanced, 1)} %.`;
}

function validationsTable(validated: readonly Validated[]): Markup {
  const shown = evenly(validated, LISTED);
  const cut = shown.length < validated.length ? `, ${LISTED} of ${count(validated.length)}` : '';
  return html`<details><summary>The validations in numbers${cut}</summary>
${plainTable('Validations', ['Step', 'Epoch', 'Loss (nats)', 'AuC (%)', 'AuC rebalanced (%)'], shown.map(({ step, epoch, validation }) =>
    [count(step), decimal(epoch, 1), decimal(validation.loss, 3), decimal(validation.auc, 1), decimal(validation.aucRebalanced, 1)]))}</details>`;
}

function previewsTable({ steps, rows }: PreviewTable): Markup {
  const columns = ['Gray', ...steps.map((step) => `Step ${count(step)}`), 'True'];
  const cells = rows.map(({ gray, colorized, truth }, row) => {
    const pictures = [gray, ...colorized, truth];
    return html`<tr>${pictures.map((picture, k) => html`<td>${pictureTag(picture, `Photograph ${row + 1}, ${columns[k].toLowerCase()}`)}</td>`)}</tr>`;
  });
  return html`<h3>Held-out photographs as the training went on</h3>
${framed('Held-out photographs as the training went on', html`<table class="pictures"><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${cells}</tbody></table>`)}`;
}
