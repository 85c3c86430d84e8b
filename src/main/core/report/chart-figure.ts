/** A chart as a figure of the report: drawn for a light and for a dark ground, its numbers told to those who cannot see it. */
import type { Chart } from '../../../shared/charts/chart.js';
import { DARK, PAPER, type ChartTheme } from '../../../shared/charts/theme.js';
import { chartSvg } from '../charts/render.js';
import { html, made, type Markup } from './markup.js';

/**
 * @param draw Draws the chart for a ground.
 * @param says What is to be seen in it, in a sentence.
 * @param isCaptioned Whether that is written below it; where the chart says it itself, it is not.
 */
export function chartFigure(draw: (theme: ChartTheme) => Chart, says: string, isCaptioned = true): Markup {
  const chart = draw(PAPER);
  const label = `${chart.title}. ${says}`;
  return html`<figure>
<div class="chart on-light" role="img" aria-label="${label}">${drawn(chart)}</div>
<div class="chart on-dark" role="img" aria-label="${label}">${drawn(draw(DARK))}</div>
${isCaptioned ? html`<figcaption>${says}</figcaption>` : undefined}
</figure>`;
}

function drawn(chart: Chart): Markup {
  return made(chartSvg(chart));
}
