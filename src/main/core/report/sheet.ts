/** The frame of every report: one page, no script, nothing fetched, readable for as long as there are browsers. */
import { html, made, type Content, type Markup } from './markup.js';
import type { Section } from './sections/frame.js';
import { STYLE } from './style.js';

/** Nothing but what is in the page itself. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export interface Sheet {
  /** Of the run's folder. */
  name: string;
  /** What it is a report of: `training`. */
  of: string;
  /** What it is and how it ended, in a sentence. */
  state: string;
  /** Below it, before the sections. */
  tiles?: Content;
  sections: readonly Section[];
}

/** @param writtenBy Name and version of the program. */
export function sheet({ name, of, state, tiles, sections }: Sheet, writtenBy: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${writtenBy}">
<title>${name}: report of a ${of}</title>
<style>${made(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>${name}</h1>
<p class="quiet">${state}</p>
${tiles}
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
