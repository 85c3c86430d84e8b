import { ContractError } from '../../shared/contract/check.js';
import { type Catalogue, readCatalogue } from '../core/catalogue/catalogue.js';

/** Catalogues kept in memory: those of the folders that windows show at a time. */
const KEPT = 4;

/** Catalogues by id, read from disk when first asked for. Those of folders that may not be reached are not there. */
export class CatalogueShelf {
  private readonly kept = new Map<string, Promise<Catalogue | undefined>>();

  /** @param permits Whether a folder may be reached. */
  constructor(private readonly permits: (folder: string) => boolean | Promise<boolean>) {}

  find(id: string): Promise<Catalogue | undefined> {
    const found = this.kept.get(id) ?? this.read(id);
    this.kept.delete(id);
    this.kept.set(id, found);
    void found.then((catalogue) => catalogue ?? this.kept.delete(id));
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value as string);
    return found;
  }

  private async read(id: string): Promise<Catalogue | undefined> {
    const catalogue = await readCatalogue(id);
    return catalogue && (await this.permits(catalogue.summary.folder)) ? catalogue : undefined;
  }

  /** @throws ContractError where there is no such catalogue. */
  async demand(id: string): Promise<Catalogue> {
    const catalogue = await this.find(id);
    if (!catalogue) throw new ContractError(`There is no catalogue ${id}: open its folder first.`);
    return catalogue;
  }

  /** The folder was looked through again. */
  forget(id: string): void {
    this.kept.delete(id);
  }
}
