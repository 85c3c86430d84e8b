/** A catalogue as its readers see it: pages of photographs, excluded files, colours of a selection. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import type { CatalogueFile, CataloguePhoto, CatalogueSummary, ExcludedItem, SparseColours } from '../../../shared/contract/catalogue.js';
import { catalogueFileSchema, cataloguePath, subfolderOf, type CatalogueContents } from './catalogue-files.js';
import { sparseOf } from './sparse-colours.js';

/** Fates of files that are pictures all the same. */
const SEEN_FATES = ['gray', 'too-small', 'duplicate'];

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
  private all: { key: string; files: CatalogueFile[] } | undefined;
  private selection: { key: string; photographs: CataloguePhoto[] } | undefined;

  constructor(private readonly file: CatalogueContents) {}

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

  /** Everything of a selection in the order of the folder: photographs, and between them the files that are not used. */
  files(subfolders: readonly string[] | undefined, bounds: PageBounds): Page<CatalogueFile> {
    return pageOf(this.everything(subfolders), bounds);
  }

  /** Absolute path of a picture that is not used; undefined where the number names none. */
  excludedPath(index: number): string | undefined {
    const item = this.file.excluded[index];
    return item && SEEN_FATES.includes(item.fate) ? join(this.summary.folder, ...item.path.split('/')) : undefined;
  }

  /** Absolute path and content id of a photograph; undefined where the number names none. */
  photograph(index: number): { path: string; contentId: string } | undefined {
    const photo = this.file.photographs[index];
    return photo && { path: join(this.summary.folder, ...photo.path.split('/')), contentId: photo.contentId };
  }

  private everything(subfolders: readonly string[] | undefined): CatalogueFile[] {
    const key = JSON.stringify(subfolders ?? []);
    if (this.all?.key !== key) {
      const wanted = subfolders?.length ? new Set(subfolders) : undefined;
      const excluded = this.file.excluded.map((item, index): CatalogueFile => ({ kind: 'excluded', index, ...item }));
      const files = [...this.selected(subfolders).map((photo): CatalogueFile => ({ kind: 'photograph', ...photo })), ...excluded.filter(({ path }) => wanted?.has(subfolderOf(path)) ?? true)];
      this.all = { key, files: files.map((file) => ({ file, place: placeOf(file.path) })).sort((x, y) => comparePlaces(x.place, y.place)).map(({ file }) => file) };
    }
    return this.all.files;
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

/** A path by its folders and its name, as bytes. */
interface Place {
  folders: string[];
  name: string;
}

function placeOf(path: string): Place {
  const parts = path.split('/');
  return { folders: parts.slice(0, -1), name: parts[parts.length - 1] };
}

/** The order of the walk: a folder's files by name before its subfolders by name. */
function comparePlaces(x: Place, y: Place): number {
  for (let k = 0; k < Math.min(x.folders.length, y.folders.length); k++) {
    if (x.folders[k] !== y.folders[k]) return x.folders[k] < y.folders[k] ? -1 : 1;
  }
  return x.folders.length - y.folders.length || (x.name < y.name ? -1 : x.name > y.name ? 1 : 0);
}
