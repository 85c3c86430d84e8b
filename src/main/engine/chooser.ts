import type { FolderListing } from '../../shared/contract/requests/places.js';
import { UserError } from '../core/errors.js';
import { listFolder, type ListingOptions, makeFolder } from '../core/folder-listing.js';
import { dirname } from 'node:path';
import type { Grants } from './grants.js';

/** Folders whose listing counts; a person looks at fewer before choosing. */
const REMEMBERED = 500;

/** The dialog in the page, on the engine's side: what it showed can be chosen, and nothing else. */
export class Chooser {
  /** Folders that were shown lately. */
  private readonly shown = new Set<string>();

  constructor(private readonly grants: Grants) {}

  async list(options: ListingOptions): Promise<FolderListing> {
    const listing = await listFolder(options);
    this.shown.delete(listing.path);
    this.shown.add(listing.path);
    if (this.shown.size > REMEMBERED) this.shown.delete(this.shown.values().next().value as string);
    return listing;
  }

  /** @throws UserError where the folder was not shown, or a folder of that name cannot be made. */
  async make(parent: string, name: string): Promise<string> {
    this.demandShown(parent, parent);
    return makeFolder(parent, name);
  }

  /**
   * Grants what a person chose.
   * @throws UserError where one of them was not shown.
   */
  async choose(paths: readonly string[]): Promise<void> {
    paths.forEach((path) => this.demandShown(path, path, dirname(path)));
    await this.grants.grant(paths);
  }

  private demandShown(path: string, ...places: string[]): void {
    if (!places.some((place) => this.shown.has(place))) throw new UserError(`${path} was not shown in the dialog. Choose it there.`);
  }
}
