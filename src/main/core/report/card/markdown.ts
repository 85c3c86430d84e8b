/** A model card as Markdown (CommonMark with the tables of GitHub). */
import type { CardBlock, CardPart } from './part.js';

/** @param name Of the run. @param writtenBy Name and version of the program. */
export function cardMarkdown(name: string, parts: readonly CardPart[], writtenBy: string): string {
  const blocks = parts.flatMap(({ title, blocks }) => [`## ${escaped(title)}`, ...blocks.map(blockText)]);
  return `${[`# Model card: ${escaped(name)}`, ...blocks, `Written by ${escaped(writtenBy)}.`].join('\n\n')}\n`;
}

function blockText(block: CardBlock): string {
  switch (block.kind) {
    case 'text':
      return escaped(block.text);
    case 'list':
      return block.items.map((item) => `- ${escaped(item)}`).join('\n');
    case 'table':
      return tableText(block);
  }
}

/** A table without rows would be no table: its label says that there is nothing. */
function tableText({ label, columns, rows }: Extract<CardBlock, { kind: 'table' }>): string {
  if (rows.length === 0) return `**${escaped(label)}**: none.`;
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = `| ${columns.map((_, k) => (k === 0 ? '---' : '---:')).join(' | ')} |`;
  return [`**${escaped(label)}**`, '', line(columns), rule, ...rows.map(line)].join('\n');
}

/** Text that stays text: what Markdown or HTML would take for a sign of theirs gets a backslash, lines become one. */
function escaped(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll(/[\\`*_{}[\]<>|#~&!]/g, '\\$&');
}
