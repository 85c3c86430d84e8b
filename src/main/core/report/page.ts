/** The report of a training. */
import { count, duration, decimal } from '../../../shared/words/words.js';
import { html, type Markup } from './markup.js';
import type { ReportMaterial } from './material.js';
import { cardSection } from './sections/card.js';
import { filtersSection, photographsSection } from './sections/colours.js';
import { resultSection } from './sections/result.js';
import { repeatSection, settingsSection } from './sections/settings.js';
import { trainingSection } from './sections/training.js';
import { sheet } from './sheet.js';

export function reportPage(material: ReportMaterial, writtenBy: string): string {
  const sections = [
    resultSection(material), cardSection(material), trainingSection(material), photographsSection(material), filtersSection(material), settingsSection(material), repeatSection(material),
  ].filter((section) => section !== undefined);
  return sheet({ name: material.name, of: 'training', state: stateText(material), tiles: tiles(material), sections }, writtenBy);
}

function stateText({ run: { state, file } }: ReportMaterial): string {
  const reason = file.reason === undefined ? '' : ` ${file.reason}`;
  return `A network that colorizes photographs; preset ${file.config.preset}, training ${state === 'training' ? 'under way' : state}.${reason}`;
}

function tiles({ run: { file, config }, curves: { metrics }, evaluation, bins }: ReportMaterial): Markup {
  const last = metrics.at(-1);
  const validated = metrics.findLast(({ validation }) => validation !== undefined)?.validation;
  const measured = evaluation?.file ?? validated;
  const facts: [string, string | undefined][] = [
    [evaluation ? 'AuC · rebalanced, %' : 'AuC · rebalanced at validation, %', measured && `${decimal(measured.auc, 1)} · ${decimal(measured.aucRebalanced, 1)}`],
    ['Validation loss, nats', validated && decimal(validated.loss, 3)],
    ['Steps', `${count(last?.step ?? file.step)} of ${count(file.steps)}`],
    ['Trained for', last && duration(last.seconds)],
    ['Photographs learnt from', count(file.data.training)],
    [`Bins at window ${config.bins.window}`, count(bins.Q)],
    ['Parameters', count(file.network.parameters)],
  ];
  return html`<ul class="tiles">${facts.filter(([, value]) => value !== undefined).map(([name, value]) => html`<li>${name}<strong>${value}</strong></li>`)}</ul>`;
}
