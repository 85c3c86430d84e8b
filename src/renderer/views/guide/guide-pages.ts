import { lexer, type Token } from 'marked';

/** A page of the guide: what stands below one heading of the second level. */
export interface GuidePage {
  /** In the page's address. */
  slug: string;
  title: string;
  tokens: Token[];
}

/** @param markdown The whole guide; what stands above its first heading of the second level belongs to no page. */
export function guidePages(markdown: string): GuidePage[] {
  const pages: GuidePage[] = [];
  for (const token of lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 2) pages.push({ slug: slugOf(token.text), title: token.text, tokens: [] });
    else pages.at(-1)?.tokens.push(token);
  }
  return pages;
}

/** `Photographs and their fates` as `photographs-and-their-fates`. */
export function slugOf(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}
