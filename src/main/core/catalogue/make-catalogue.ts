/** Looks through a folder and keeps what was found. */
import { dirname } from 'node:path';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import type { CataloguePhoto, CatalogueSummary, SparseColours } from '../../../shared/contract/catalogue.js';
import { ensureFolder, writeFileWhole } from '../files.js';
import type { JobContext } from '../job.js';
import { scanFolder, type FolderScan } from '../photos/scan.js';
import { CATALOGUE_VERSION, catalogueId, cataloguePath, subfolderOf, type CatalogueContents } from './catalogue-files.js';
import { sparseOf } from './sparse-colours.js';

/**
 * @param folder Absolute path.
 * @throws UserError when the folder cannot be read; the signal's reason when stopped.
 */
export async function makeCatalogue(folder: string, context: JobContext): Promise<CatalogueSummary> {
  const scan = await scanFolder(folder, { context });
  try {
    const file = catalogueOf(scan, await coloursBySubfolder(scan, context));
    const path = cataloguePath(file.summary.id);
    await ensureFolder(dirname(path));
    await writeFileWhole(path, JSON.stringify(file));
    return file.summary;
  } finally {
    await scan.close();
  }
}

function catalogueOf(scan: FolderScan, colours: Record<string, SparseColours>): CatalogueContents {
  return {
    version: CATALOGUE_VERSION,
    summary: summaryOf(scan),
    photographs: scan.photos.map(({ path, width, height, contentId, note }, index): CataloguePhoto => ({ index, path, width, height, contentId, note })),
    excluded: [...scan.excluded],
    colours,
  };
}

function summaryOf({ folder, photos, excluded, counts, histogram, fingerprint }: FolderScan): CatalogueSummary {
  const bySubfolder = new Map<string, number>();
  for (const { path } of photos) bySubfolder.set(subfolderOf(path), (bySubfolder.get(subfolderOf(path)) ?? 0) + 1);
  const atTop = bySubfolder.get('') ?? 0;
  bySubfolder.delete('');
  return {
    id: catalogueId(folder),
    folder,
    scannedAt: Date.now(),
    files: photos.length + excluded.length,
    counts: { ...counts },
    subfolders: [...bySubfolder].map(([name, photographs]) => ({ name, photographs })).sort((x, y) => x.name.localeCompare(y.name, 'en')),
    atTop,
    pixels: histogram.pixels,
    fingerprint,
  };
}

async function coloursBySubfolder(scan: FolderScan, { signal, progress }: JobContext): Promise<Record<string, SparseColours>> {
  const histograms = new Map<string, ColourHistogram>();
  for (const [index, photo] of scan.photos.entries()) {
    signal.throwIfAborted();
    const name = subfolderOf(photo.path);
    if (!histograms.has(name)) histograms.set(name, new ColourHistogram());
    histograms.get(name)?.add(await scan.countsOf(photo));
    progress.progress({ phase: 'Adding up colours', done: index + 1, total: scan.photos.length, unit: 'photographs' });
  }
  return Object.fromEntries([...histograms].map(([name, histogram]) => [name, sparseOf(histogram)]));
}
