/** A catalogue as its readers see it: pages of photographs, excluded files, colours of a selection. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import type { CataloguePhoto, CatalogueSummary, ExcludedItem, SparseColours } from '../../../shared/contract/catalogue.js';
import { catalogueFileSchema, cataloguePath, subfolderOf, type CatalogueFile } from './catalogue-files.js';
import { sparseOf } from './sparse-colours.js';

/** Part of a list, and how long all of it is. */
export interface Page<T> {
  total: number;
  items: T[];
}

export interface PageBounds {
  from: number;
  count: number;
}

/** Reads the catalogue of an id; undefined where there is none, or none of today's form: the folder is then to be looked through again. */
export async function readCatalogue(id: string): Promise<Catalogue | undefined> {
  try {
    return new Catalogue(catalogueFileSchema.parse(JSON.parse(await readFile(cataloguePath(id), 'utf8'))));
  } catch {
    return undefined;
  }
}

export class Catalogue {
  private selection: { key: string; photographs: CataloguePhoto[] } | undefined;

  constructor(private readonly file: CatalogueFile) {}

  get summary(): CatalogueSummary {
    return this.file.summary;
  }

  /** @param subfolders First-level ones; all of the folder when absent or empty. */
  photographs(subfolders: readonly string[] | undefined, bounds: PageBounds): Page<CataloguePhoto> {
    return pageOf(this.selected(subfolders), bounds);
  }

  excluded(fate: string | undefined, bounds: PageBounds): Page<ExcludedItem> {
    const { excluded } = this.file;
    return pageOf(fate === undefined ? excluded : excluded.filter((item) => item.fate === fate), bounds);
  }

  colours(subfolders: readonly string[] | undefined): SparseColours {
    const names = subfolders?.length ? subfolders : Object.keys(this.file.colours);
    const histogram = new ColourHistogram();
    for (const name of names) {
      if (Object.hasOwn(this.file.colours, name)) histogram.add(this.file.colours[name]);
    }
    return sparseOf(histogram);
  }

  /** Absolute path and content id of a photograph; undefined where the number names none. */
  photograph(index: number): { path: string; contentId: string } | undefined {
    const photo = this.file.photographs[index];
    return photo && { path: join(this.summary.folder, ...photo.path.split('/')), contentId: photo.contentId };
  }

  /** Pages of the same selection are asked for one after the other: the last selection is kept. */
  private selected(subfolders: readonly string[] | undefined): CataloguePhoto[] {
    if (!subfolders?.length) return this.file.photographs;
    const key = JSON.stringify(subfolders);
    if (this.selection?.key !== key) {
      const wanted = new Set(subfolders);
      this.selection = { key, photographs: this.file.photographs.filter(({ path }) => wanted.has(subfolderOf(path))) };
    }
    return this.selection.photographs;
  }
}

function pageOf<T>(all: readonly T[], { from, count }: PageBounds): Page<T> {
  return { total: all.length, items: all.slice(from, from + count) };
}
