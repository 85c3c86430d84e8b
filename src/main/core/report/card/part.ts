/** What a model card is put together from, whatever it is written in. */
export type CardBlock =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  /** The first cell names the row. */
  | { kind: 'table'; label: string; columns: readonly string[]; rows: readonly (readonly string[])[] };

export interface CardPart {
  title: string;
  blocks: readonly CardBlock[];
}
