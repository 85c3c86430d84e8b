import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, type Token } from 'marked';
import { expect, test } from 'vitest';
import { guidePages, slugOf } from '../../src/renderer/views/guide/guide-pages.js';

const docs = join(import.meta.dirname, '../../docs');
const markdown = readFileSync(join(docs, 'guide.md'), 'utf8');
/** What the window knows to draw; anything else would stand there as it was typed. */
const DRAWN = ['heading', 'paragraph', 'strong', 'em', 'codespan', 'code', 'list', 'list_item', 'table', 'image', 'text', 'escape', 'br', 'space'];

function allTokens(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    const cells = token.type === 'table' ? [...token.header, ...token.rows.flat()].flatMap((cell: { tokens: Token[] }) => cell.tokens) : [];
    return [token, ...allTokens([...(('tokens' in token && token.tokens) || []), ...(('items' in token && token.items) || []), ...cells])];
  });
}

test('the guide is made of what the window can draw', () => {
  const types = new Set(allTokens(lexer(markdown)).map(({ type }) => type));
  expect([...types].filter((type) => !DRAWN.includes(type))).toEqual([]);
});

test('every picture of the guide is there, and says what it shows', () => {
  const pictures = allTokens(lexer(markdown)).filter(({ type }) => type === 'image') as { href: string; text: string }[];
  expect(pictures.length).toBeGreaterThan(1);
  const there = readdirSync(join(docs, 'pictures'));
  for (const { href, text } of pictures) {
    expect(there).toContain(href.replace(/^pictures\//, ''));
    expect(text.length).toBeGreaterThan(20);
  }
});

test('a page for each heading, each with an address of its own', () => {
  const pages = guidePages(markdown);
  expect(pages.length).toBeGreaterThan(4);
  expect(new Set(pages.map(({ slug }) => slug)).size).toBe(pages.length);
  pages.forEach(({ tokens }) => expect(tokens.length).toBeGreaterThan(0));
});

test('a title becomes an address', () => expect(slugOf('Window, lambda, temperature')).toBe('window-lambda-temperature'));
