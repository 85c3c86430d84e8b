import { ref, shallowReactive } from 'vue';
import type { CatalogueFile } from '../../../shared/contract/catalogue.js';
import { door } from '../../api/door.js';

/** Files asked for at a time. */
const PAGE = 200;
/** Pages kept: as far as a person scrolls back without waiting. */
const KEPT = 60;

/** What of a catalogue is listed. */
export interface Listed {
  catalogue: string;
  /** First-level ones; none means all. */
  subfolders: readonly string[];
  /** With the files that are not used between the photographs. */
  excluded: boolean;
}

/** The photographs of a selection, fetched page by page as they come into view. */
export class PhotoPages {
  /** How many there are. */
  readonly total = ref(0);
  private readonly pages = shallowReactive(new Map<number, CatalogueFile[]>());
  private readonly asked = new Set<number>();

  /** @param total As far as it is known before the first page has come. */
  constructor(private readonly listed: Listed, total: number) {
    this.total.value = total;
    void this.fetch(0);
  }

  /** A file by its place in the selection; undefined while it is not here yet, which asks for it. */
  at(place: number): CatalogueFile | undefined {
    const page = Math.floor(place / PAGE);
    const found = this.pages.get(page);
    if (!found && !this.asked.has(page)) void this.fetch(page);
    return found?.[place % PAGE];
  }

  private async fetch(page: number): Promise<void> {
    this.asked.add(page);
    try {
      const { total, files } = await this.ask({ from: page * PAGE, count: PAGE });
      this.pages.set(page, files);
      this.total.value = total;
      if (this.pages.size > KEPT) this.drop(this.pages.keys().next().value as number);
    } catch {
      // Asked again when it comes into view the next time.
      this.asked.delete(page);
    }
  }

  private async ask(bounds: { from: number; count: number }): Promise<{ total: number; files: CatalogueFile[] }> {
    const { catalogue, subfolders, excluded } = this.listed;
    const body = { catalogue, subfolders: subfolders.length ? [...subfolders] : undefined, ...bounds };
    if (excluded) return door.request('listFiles', body);
    const { total, photographs } = await door.request('listPhotographs', body);
    return { total, files: photographs.map((photo) => ({ kind: 'photograph', ...photo })) };
  }

  private drop(page: number): void {
    this.pages.delete(page);
    this.asked.delete(page);
  }
}
