/** The report as one page: no script, nothing fetched, readable for as long as there are browsers. */
import { count, duration, decimal } from '../../../shared/words/words.js';
import { html, made, type Markup } from './markup.js';
import type { ReportMaterial } from './material.js';
import { filtersSection, photographsSection } from './sections/colours.js';
import type { Section } from './sections/frame.js';
import { resultSection } from './sections/result.js';
import { repeatSection, settingsSection } from './sections/settings.js';
import { trainingSection } from './sections/training.js';
import { STYLE } from './style.js';

/** Nothing but what is in the page itself. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function reportPage(material: ReportMaterial, writtenBy: string): string {
  const sections = [
    resultSection(material), trainingSection(material), photographsSection(material), filtersSection(material), settingsSection(material), repeatSection(material),
  ].filter((section) => section !== undefined);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${writtenBy}">
<title>${material.name}: report of a training</title>
<style>${made(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>${material.name}</h1>
<p class="quiet">${stateText(material)}</p>
${tiles(material)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
${sections.map(sectionOf)}
</main>
</body>
</html>
`.toString();
}

function sectionOf({ id, title, content }: Section): Markup {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${content}</section>
`;
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
