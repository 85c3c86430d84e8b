/** Markdown as elements of the page, one by one: nothing in a text is ever read as markup. */
import type { MarkedToken, Token, Tokens } from 'marked';
import { type FunctionalComponent, h, type VNodeChild } from 'vue';

/** Pictures of the documents by their file names, as addresses of the built window. */
const PICTURES = Object.fromEntries(
  Object.entries(import.meta.glob<string>('../../../../docs/pictures/*.{png,jpg}', { eager: true, query: '?url', import: 'default' }))
    .map(([path, address]) => [path.slice(path.lastIndexOf('/') + 1), address]),
);

/** A text of the guide. */
export const GuideText: FunctionalComponent<{ tokens: Token[] }> = ({ tokens }) => all(tokens);
GuideText.props = ['tokens'];

function all(tokens: readonly Token[] = []): VNodeChild[] {
  return tokens.map((token) => one(token as MarkedToken));
}

function one(token: MarkedToken): VNodeChild {
  switch (token.type) {
    case 'heading': return h(`h${token.depth}`, all(token.tokens));
    case 'paragraph': return h('p', all(token.tokens));
    case 'strong': return h('strong', all(token.tokens));
    case 'em': return h('em', all(token.tokens));
    case 'codespan': return h('code', token.text);
    case 'code': return h('pre', { tabindex: 0 }, token.text);
    case 'list': return h(token.ordered ? 'ol' : 'ul', token.items.map((item) => h('li', all(item.tokens))));
    case 'table': return table(token);
    case 'image': return picture(token);
    case 'text': return token.tokens ? all(token.tokens) : token.text;
    case 'escape': return token.text;
    case 'br': return h('br');
    case 'space': return null;
    default: return token.raw;
  }
}

function table({ header, rows }: Tokens.Table): VNodeChild {
  return h('table', [
    h('thead', h('tr', header.map((cell) => h('th', { scope: 'col' }, all(cell.tokens))))),
    h('tbody', rows.map((row) => h('tr', row.map((cell, k) => (k ? h('td', all(cell.tokens)) : h('th', { scope: 'row' }, all(cell.tokens))))))),
  ]);
}

function picture({ href, text }: Tokens.Image): VNodeChild {
  const address = PICTURES[href.slice(href.lastIndexOf('/') + 1)];
  return address ? h('img', { src: address, alt: text, loading: 'lazy' }) : null;
}
