/** HTML put together from parts: text is escaped, markup stays what it is. */

/** Text that is HTML already. */
export class Markup {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What can stand in a template: text and numbers are escaped, lists are joined, nothing is nothing. */
export type Content = Markup | string | number | undefined | readonly Content[];

/** A template of HTML: html`<p>${name}</p>`. Whatever is filled in is text, also in the value of an attribute in double quotes. */
export function html(parts: TemplateStringsArray, ...filled: Content[]): Markup {
  return new Markup(parts.reduce((text, part, k) => text + rendered(filled[k - 1]) + part));
}

/** Markup that another part of the program has made: an SVG, a style sheet. Nothing of it is escaped. */
export function made(text: string): Markup {
  return new Markup(text);
}

function rendered(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.toString();
  if (Array.isArray(content)) return (content as Content[]).map(rendered).join('');
  return escaped(String(content as string | number));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]);
}
