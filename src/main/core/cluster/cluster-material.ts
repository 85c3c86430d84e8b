/** What a training works on, found out on a cluster: for folders that are too large to be looked through here, or cannot be seen from here. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { AB_CELLS } from '../../../shared/colour/cells.js';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import { PACKED_PARTS } from '../../../shared/colour/packed-ab.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { splitPhotoSchema, type SplitPhoto } from '../../../shared/run/files.js';
import { UserError } from '../errors.js';
import type { JobContext } from '../job.js';
import { FATES } from '../photos/fault.js';
import { countFates, fingerprintOf } from '../photos/scan.js';
import { materialOf, type GatheredMaterial } from '../training/material.js';
import { placeBelow } from './cluster-address.js';
import { fetchFiles } from './fetched-files.js';
import { colourTables, json } from './package-files.js';
import type { RayJobs } from './ray-jobs.js';
import { runShortJob } from './short-job.js';

/** Bytes of a table that is fetched, packed and unpacked: ten million photographs have some 2 GB. */
const MOST_TABLE = 2 ** 29;
const CELLS = AB_CELLS ** 2;

const count = z.int().nonnegative();
const usedSchema = splitPhotoSchema.extend({ block: count, row: count, pixelsId: z.string().max(100) });
const recordsSchema = z.array(z.union([usedSchema, z.object({ path: z.string(), fate: z.enum(FATES).exclude(['used']), reason: z.string() })]))
  .refine((records) => new Set(records.map(({ path }) => path)).size === records.length, 'a photograph is told of twice');
const coloursSchema = z.object({ pixels: count, cells: z.array(count.max(CELLS - 1)), counts: z.array(count), sumA: z.array(z.int()), sumB: z.array(z.int()) })
  .refine(({ cells, counts, sumA, sumB }) => [counts, sumA, sumB].every(({ length }) => length === cells.length), 'lists of different lengths')
  .refine(({ cells }) => cells.every((cell, k) => k === 0 || cell > cells[k - 1]), 'cells out of order')
  .refine(({ pixels, counts }) => counts.reduce((sum, value) => sum + value, 0) === pixels, 'counts that do not add up to the pixels');

type Used = z.infer<typeof usedSchema>;
type Excluded = { path: string; fate: Exclude<(typeof FATES)[number], 'used'>; reason: string; twin?: string };

export interface ClusterFolder {
  /** As the run calls it. */
  folder: string;
  /** Where the machines see it. */
  place: string;
  /** A place that all machines see and may write to. */
  storage: string;
}

/** @throws UserError when there is too little to train on, or the cluster cannot do it. */
export async function gatherOnCluster(jobs: RayJobs, { folder, place, storage: root }: ClusterFolder, config: TrainingConfig, context: JobContext): Promise<GatheredMaterial> {
  const storage = placeBelow(root, randomUUID());
  const tables = { 'colour.f64': colourTables() };
  await runShortJob(jobs, { kind: 'statistics', options: { place, storage, only: config.photos.subfolders }, files: tables }, context.signal, (event) => void (event.event === 'progress' && context.progress.progress(event)));
  const { used, excluded } = settled(await fetchedJson(jobs, storage, 'statistics/records.json.gz', recordsSchema, context));
  const found = { folder, photos: used.map(photoOf), excluded, counts: countFates(used.length, excluded), fingerprint: fingerprintOf(used) };
  return materialOf(found, config, context, async (training) => {
    const learnt = new Set(training.map(({ path }) => path));
    const wanted = used.filter(({ path }) => learnt.has(path)).map(({ block, row }) => [block, row]);
    await runShortJob(jobs, { kind: 'colours', options: { storage }, files: { 'wanted.json': json(wanted) } }, context.signal, () => undefined);
    return histogramOf(await fetchedJson(jobs, storage, 'statistics/colours.json.gz', coloursSchema, context));
  });
}

/** @throws UserError when it is not what such a table is. */
async function fetchedJson<T extends z.ZodType>(jobs: RayJobs, storage: string, path: string, schema: T, { signal }: JobContext): Promise<z.output<T>> {
  const place = await mkdtemp(join(tmpdir(), 'chromabench-cluster-'));
  try {
    const to = join(place, 'table.json.gz');
    await fetchFiles(jobs, storage, [{ path, to, most: MOST_TABLE }], signal);
    return schema.parse(JSON.parse(gunzipSync(await readFile(to), { maxOutputLength: MOST_TABLE }).toString('utf8')));
  } catch (error) {
    if (error instanceof UserError || signal.aborted) throw error;
    throw new UserError(`What the cluster tells of the photographs (${path}) is not understood: ${error instanceof z.ZodError ? z.prettifyError(error).split('\n')[0] : String(error)}`, { cause: error });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function photoOf({ path, contentId, width, height }: Used): SplitPhoto {
  return { path, contentId, width, height };
}

/** Of photographs with the same pixels the first is used. */
function settled(records: z.infer<typeof recordsSchema>): { used: Used[]; excluded: Excluded[] } {
  const firstWith = new Map<string, string>();
  const [used, excluded]: [Used[], Excluded[]] = [[], []];
  for (const record of records) {
    if (!('pixelsId' in record)) {
      excluded.push(record);
      continue;
    }
    const twin = firstWith.get(record.pixelsId);
    if (twin === undefined) used.push(record);
    else excluded.push({ path: record.path, fate: 'duplicate', reason: `The same picture as ${twin}.`, twin });
    firstWith.set(record.pixelsId, twin ?? record.path);
  }
  return { used, excluded };
}

/** Sums come as whole numbers of 1/256 of a unit. */
function histogramOf({ pixels, cells, counts, sumA, sumB }: z.infer<typeof coloursSchema>): ColourHistogram {
  const histogram = new ColourHistogram();
  histogram.pixels = pixels;
  cells.forEach((cell, k) => {
    histogram.counts[cell] = counts[k];
    histogram.sumA[cell] = sumA[k] / PACKED_PARTS;
    histogram.sumB[cell] = sumB[k] / PACKED_PARTS;
  });
  return histogram;
}
