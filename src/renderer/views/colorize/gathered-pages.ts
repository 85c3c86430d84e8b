import { shallowReactive } from 'vue';
import type { GatheredPhotograph } from '../../../shared/contract/requests/colorizing.js';
import { door } from '../../api/door.js';

/** Photographs asked for at a time. */
const PAGE = 200;

/** Names of a set's photographs, fetched page by page as they come into view. */
export class GatheredPages {
  private readonly pages = shallowReactive(new Map<number, GatheredPhotograph[]>());
  private readonly asked = new Set<number>();

  constructor(private readonly set: string) {}

  /** undefined while it is not here yet, which asks for it. */
  at(index: number): GatheredPhotograph | undefined {
    const page = Math.floor(index / PAGE);
    if (!this.asked.has(page)) void this.fetch(page);
    return this.pages.get(page)?.[index % PAGE];
  }

  private async fetch(page: number): Promise<void> {
    this.asked.add(page);
    try {
      this.pages.set(page, await door.request('listGathered', { set: this.set, from: page * PAGE, count: PAGE }));
    } catch {
      // Asked again when it comes into view the next time.
      this.asked.delete(page);
    }
  }
}
