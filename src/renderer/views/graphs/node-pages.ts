import { ref, shallowReactive } from 'vue';
import type { NodeRow } from '../../../shared/contract/graph-view.js';
import { door } from '../../api/door.js';

/** Nodes asked for at a time. */
const PAGE = 200;
/** Pages kept: a graph of 20,000 nodes as a whole. */
const KEPT = 120;

/** Which nodes are listed. */
export interface NodeQuery {
  file: string;
  /** Function whose body is looked through. */
  body?: string;
  /** Part of a name or of an operation. */
  find: string;
}

/** The nodes that a search finds, fetched page by page as they come into view. */
export class NodePages {
  /** How many there are; undefined until the first page has come. */
  readonly total = ref<number>();
  readonly failure = ref<string>();
  private readonly pages = shallowReactive(new Map<number, NodeRow[]>());
  private readonly asked = new Set<number>();

  constructor(private readonly query: NodeQuery) {
    void this.fetch(0);
  }

  /** undefined while it is not here yet, which asks for it. */
  at(place: number): NodeRow | undefined {
    const page = Math.floor(place / PAGE);
    if (!this.asked.has(page)) void this.fetch(page);
    return this.pages.get(page)?.[place % PAGE];
  }

  /** All of them, for a file. */
  async all(): Promise<NodeRow[]> {
    const rows: NodeRow[] = [];
    for (let total = 1; rows.length < total;) {
      const page = await door.request('listGraphNodes', { ...this.query, from: rows.length, count: 1000 });
      if (!page.nodes.length) break;
      rows.push(...page.nodes);
      total = page.total;
    }
    return rows;
  }

  private async fetch(page: number): Promise<void> {
    this.asked.add(page);
    try {
      const { total, nodes } = await door.request('listGraphNodes', { ...this.query, from: page * PAGE, count: PAGE });
      this.pages.set(page, nodes);
      [this.total.value, this.failure.value] = [total, undefined];
      if (this.pages.size > KEPT) this.drop(this.pages.keys().next().value as number);
    } catch (error) {
      this.failure.value = error instanceof Error ? error.message : String(error);
      // Asked again when it comes into view the next time.
      this.asked.delete(page);
    }
  }

  private drop(page: number): void {
    this.pages.delete(page);
    this.asked.delete(page);
  }
}
