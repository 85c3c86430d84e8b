import { ContractError } from '../../shared/contract/check.js';
import { type Catalogue, readCatalogue } from '../core/catalogue/catalogue.js';

/** Catalogues kept in memory: those of the folders that windows show at a time. */
const KEPT = 4;

/** Catalogues by id, read from disk when first asked for. */
export class CatalogueShelf {
  private readonly kept = new Map<string, Promise<Catalogue | undefined>>();

  find(id: string): Promise<Catalogue | undefined> {
    const found = this.kept.get(id) ?? readCatalogue(id);
    this.kept.delete(id);
    this.kept.set(id, found);
    void found.then((catalogue) => catalogue ?? this.kept.delete(id));
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value as string);
    return found;
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
