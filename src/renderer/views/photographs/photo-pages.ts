import { shallowReactive } from 'vue';
import type { CataloguePhoto } from '../../../shared/contract/catalogue.js';
import { door } from '../../api/door.js';

/** Photographs asked for at a time. */
const PAGE = 200;
/** Pages kept: as far as a person scrolls back without waiting. */
const KEPT = 60;

/** The photographs of a selection, fetched page by page as they come into view. */
export class PhotoPages {
  private readonly pages = shallowReactive(new Map<number, CataloguePhoto[]>());
  private readonly asked = new Set<number>();

  constructor(private readonly catalogue: string, private readonly subfolders: readonly string[]) {}

  /** A photograph by its place in the selection; undefined while it is not here yet, which asks for it. */
  at(place: number): CataloguePhoto | undefined {
    const page = Math.floor(place / PAGE);
    const found = this.pages.get(page);
    if (!found && !this.asked.has(page)) void this.fetch(page);
    return found?.[place % PAGE];
  }

  private async fetch(page: number): Promise<void> {
    this.asked.add(page);
    try {
      const { photographs } = await door.request('listPhotographs', {
        catalogue: this.catalogue, subfolders: this.subfolders.length ? [...this.subfolders] : undefined, from: page * PAGE, count: PAGE,
      });
      this.pages.set(page, photographs);
      if (this.pages.size > KEPT) this.drop(this.pages.keys().next().value as number);
    } catch {
      // Asked again when it comes into view the next time.
      this.asked.delete(page);
    }
  }

  private drop(page: number): void {
    this.pages.delete(page);
    this.asked.delete(page);
  }
}
