/** What the sections of a report are made of. */
import { html, type Content, type Markup } from '../markup.js';

/** A section, and the name by which it is found from the top. */
export interface Section {
  id: string;
  title: string;
  content: Content;
}

/** A table in a frame that scrolls where the window is narrow, also by keyboard. @param label What it shows */
export function framed(label: string, table: Markup): Markup {
  return html`<div class="frame" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}

/** A table of words and numbers. @param rows First cell names the row */
export function plainTable(label: string, columns: readonly string[], rows: readonly (readonly Content[])[]): Markup {
  const head = columns.map((column, k) => html`<th scope="col"${k > 0 ? NUMBER : undefined}>${column}</th>`);
  const body = rows.map(([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`);
  return framed(label, html`<table><caption>${label}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`);
}

const NUMBER = html` class="number"`;
