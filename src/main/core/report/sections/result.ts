import { accuracyChart } from '../../../../shared/charts/accuracy-curves.js';
import { vividness } from '../../../../shared/colour/metrics.js';
import { PUBLISHED, PUBLISHED_SOURCE, publishedName } from '../../../../shared/run/published-accuracy.js';
import type { EvaluationFigures } from '../../../../shared/run/evaluation.js';
import { verdict } from '../../../../shared/words/verdict.js';
import { capital, counted, decimal } from '../../../../shared/words/words.js';
import { chartFigure } from '../chart-figure.js';
import { html, type Markup } from '../markup.js';
import type { ReportMaterial, ShownEvaluation } from '../material.js';
import { pictureTag } from '../picture.js';
import type { ShownStrip } from '../strips.js';
import { plainTable, type Section } from './frame.js';

/** How good the run is, in figures and pictures; of one that was not evaluated the pictures alone. */
export function resultSection({ evaluation, examples }: ReportMaterial): Section {
  return { id: 'result', title: 'Result', content: evaluation ? evaluated(evaluation) : notEvaluated(examples) };
}

function notEvaluated(examples: readonly ShownStrip[]): Markup {
  return html`<p>This run has not been measured on photographs whose colours are known: <code>chromabench evaluate RUN</code> does it, beside gray, one colour and random colours.</p>
${examples.length > 0 ? strips('Held-out photographs', examples) : undefined}`;
}

function evaluated({ file, best, worst }: ShownEvaluation): Markup {
  const whose = file.part === undefined ? '' : `, those that the run kept for ${file.part}`;
  return html`<p>${verdict(file)}</p>
<p class="quiet">${counted(file.photos, 'photograph')} of ${file.folder}${whose}; checkpoint of step ${file.step}, temperature ${file.temperature}, random colours from seed ${file.seed}; measured on ${file.created.slice(0, 10)}. ${excludedText(file.excluded.length)}</p>
${figuresTable(file)}
<p class="quiet">Vividness is the mean chroma beside that of the photographs: 1 as vivid as they are, below it timid, above it bold.</p>
${wornTable(file)}
${chartFigure((theme) => accuracyChart(file, 'raw', theme), `Area under the curve: this run ${decimal(file.auc, 1)} %, gray ${decimal(file.baselines.gray.auc, 1)} %.`)}
${chartFigure((theme) => accuracyChart(file, 'rebalanced', theme), `Area under the curve: this run ${decimal(file.aucRebalanced, 1)} %, gray ${decimal(file.baselines.gray.aucRebalanced, 1)} %.`)}
${strips('Nearest to the truth', best)}
${strips('Farthest from the truth', worst)}
${publishedTable(file)}`;
}

function excludedText(files: number): string {
  return files === 0 ? '' : `${counted(files, 'file')} could not be measured.`;
}

function figuresTable({ baselines, trueChroma, ...ours }: ShownEvaluation['file']): Markup {
  const row = (name: string, { auc, aucRebalanced, psnr, chroma }: EvaluationFigures) =>
    [name, decimal(auc, 1), decimal(aucRebalanced, 1), decimal(psnr, 1), decimal(chroma, 1), decimal(vividness(chroma, trueChroma), 2)];
  return plainTable('This run beside ways that know nothing of the picture', ['Way', 'AuC (%)', 'AuC rebalanced (%)', 'PSNR (dB)', 'Chroma (ab units)', 'Vividness'], [
    row('This run', ours), row('Gray', baselines.gray), row('Most common colour', baselines.mostCommon), row('Random colours', baselines.random),
    ['The photographs', '100.0', '100.0', '', decimal(trueChroma, 1), decimal(1, 2)],
  ]);
}

/** What is lost on old scans of the same photographs; nothing where they were not measured. */
function wornTable({ worn, auc, aucRebalanced, chroma, trueChroma }: ShownEvaluation['file']): Markup | undefined {
  if (worn === undefined) return undefined;
  return html`<h3>Old scans of the same photographs</h3>
<p class="quiet">Worn by a fixed recipe before the network saw them; lost are points of rebalanced AuC.</p>
${plainTable('What old scans lose', ['Photographs', 'AuC (%)', 'AuC rebalanced (%)', 'Lost (points)', 'Vividness'], [
    ['As they are', decimal(auc, 1), decimal(aucRebalanced, 1), '', decimal(vividness(chroma, trueChroma), 2)],
    ...worn.map((one) => [capital(one.wear), decimal(one.auc, 1), decimal(one.aucRebalanced, 1), decimal(one.lost, 2), decimal(one.vividness, 2)]),
  ])}`;
}

function publishedTable({ auc, aucRebalanced, baselines: { gray } }: ShownEvaluation['file']): Markup {
  const above = (value: number, base: number) => `${value > base ? '+' : ''}${decimal(value - base, 1)}`;
  const theirs = PUBLISHED[0];
  return html`<h3>Beside the paper</h3>
${plainTable('What the paper reports, and what came out here', ['Way', 'AuC (%)', 'above gray', 'AuC rebalanced (%)', 'above gray'], [
    ...PUBLISHED.map((row) => [publishedName(row), decimal(row.auc, 1), above(row.auc, theirs.auc), decimal(row.aucRebalanced, 1), above(row.aucRebalanced, theirs.aucRebalanced)]),
    ['Here: gray', decimal(gray.auc, 1), above(0, 0), decimal(gray.aucRebalanced, 1), above(0, 0)],
    ['Here: this run', decimal(auc, 1), above(auc, gray.auc), decimal(aucRebalanced, 1), above(aucRebalanced, gray.aucRebalanced)],
  ])}
<p class="quiet">${PUBLISHED_SOURCE}</p>`;
}

function strips(title: string, shown: readonly ShownStrip[]): Markup | undefined {
  if (shown.length === 0) return undefined;
  return html`<h3>${title}</h3>
<p class="quiet">Gray, colorized, true.</p>
<ul class="strips">${shown.map(({ path, picture, note }) => html`<li><figure>${pictureTag(picture, `${path}: gray, colorized and true`)}<figcaption>${path}${note && html`<br>${note}`}</figcaption></figure></li>`)}</ul>`;
}
