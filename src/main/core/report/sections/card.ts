import { cardParts } from '../card/parts.js';
import type { CardBlock } from '../card/part.js';
import { html, type Markup } from '../markup.js';
import type { ReportMaterial } from '../material.js';
import { plainTable, type Section } from './frame.js';

/** The model card, as `report --out MODEL_CARD.md` writes it alone. */
export function cardSection({ name, run, split, curves: { metrics }, cluster, evaluation }: ReportMaterial): Section {
  const parts = cardParts({ name, run, split, metrics, cluster, evaluation: evaluation?.file });
  return { id: 'card', title: 'Model card', content: parts.map(({ title, blocks }) => html`<h3>${title}</h3>
${blocks.map(blockMarkup)}`) };
}

function blockMarkup(block: CardBlock): Markup {
  switch (block.kind) {
    case 'text':
      return html`<p>${block.text}</p>`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'table':
      // Other sections have tables of the same name.
      return plainTable(`Model card: ${block.label[0].toLowerCase()}${block.label.slice(1)}`, block.columns, block.rows);
  }
}
