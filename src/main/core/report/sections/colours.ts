import { abHistogramChart } from '../../../../shared/charts/ab-histogram.js';
import { filterChart } from '../../../../shared/charts/filter-grid.js';
import { priorChart } from '../../../../shared/charts/prior-chart.js';
import { usedTilesChart } from '../../../../shared/charts/used-tiles.js';
import { count, counted, decimal } from '../../../../shared/words/words.js';
import { histogramOf, settingsText, weightsOf } from '../../charts/sources.js';
import { chartFigure } from '../chart-figure.js';
import { html } from '../markup.js';
import type { ReportMaterial } from '../material.js';
import { plainTable, type Section } from './frame.js';

/** The photographs learnt from, and how their colours are distributed. */
export function photographsSection({ run, prior, bins, colours }: ReportMaterial): Section {
  const { folder, fingerprint, training, validation, test, seenSide } = run.file.data;
  const { subfolders } = run.config.photos;
  const only = subfolders.length > 0 ? ` (subfolders ${subfolders.join(', ')})` : '';
  const rebalanced = run.config.bins.rebalancing;
  const heaviest = Math.max(...prior.bins.map(({ weight }) => weight));
  return {
    id: 'photographs', title: 'Photographs and colours',
    content: html`<p>${folder}${only}. Shorter side as the network sees them: ${seenSide} px.</p>
${plainTable('Photographs by use', ['Learnt from', 'Validation', 'Test', 'All'], [[count(training), count(validation), count(test), count(training + validation + test)]])}
<p class="quiet">Fingerprint of exactly this set: <code>${fingerprint}</code></p>
${colours && chartFigure((theme) => abHistogramChart(histogramOf(colours), theme), `${count(colours.pixels)} pixels in ${count(colours.cells.length)} cells of the ab plane.`)}
${chartFigure((theme) => usedTilesChart(bins, theme), `${counted(bins.Q, 'bin')} at window ${bins.window}.`)}
${chartFigure((theme) => priorChart({ bins, weights: weightsOf(prior), settings: settingsText(run.config, prior) }, theme), rebalanced ? `The rarest colours weigh up to ${decimal(heaviest, 1)} times as much as the average pixel.` : 'Every bin weighs 1 in the loss.')}`,
  };
}

/** Kernels of the layers nearest to the picture; undefined before the first checkpoint. */
export function filtersSection({ filters }: ReportMaterial): Section | undefined {
  if (filters.length === 0) return undefined;
  return {
    id: 'filters', title: 'Filters of the first layers',
    content: filters.map((layer) => chartFigure((theme) => filterChart(layer, theme), `Weights of ${layer.layer}, on one scale from blue over white to red-orange, centred at zero.`)),
  };
}
