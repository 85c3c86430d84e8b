/** What a training works on, found out on a cluster: for folders that are too large to be looked through here, or cannot be seen from here. */
import { gunzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ColourHistogram } from '../../../shared/colour/histogram.js';
import { PACKED_PARTS } from '../../../shared/colour/packed-ab.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import type { SplitPhoto } from '../../../shared/run/files.js';
import type { JobContext } from '../job.js';
import { FATES } from '../photos/fault.js';
import { countFates, fingerprintOf } from '../photos/scan.js';
import { materialOf, type GatheredMaterial } from '../training/material.js';
import { colourTables, json } from './package-files.js';
import type { RayJobs } from './ray-jobs.js';
import { fetchFiles, runShortJob } from './short-job.js';

const count = z.int().nonnegative();
const usedSchema = z.object({ path: z.string(), block: count, row: count, contentId: z.string(), width: count, height: count, pixelsId: z.string() });
const recordsSchema = z.array(z.union([usedSchema, z.object({ path: z.string(), fate: z.enum(FATES).exclude(['used']), reason: z.string() })]));
const coloursSchema = z.object({ pixels: count, cells: z.array(count), counts: z.array(count), sumA: z.array(z.int()), sumB: z.array(z.int()) });

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
  const storage = `${root.replace(/\/+$/, '')}/${randomUUID()}`;
  const tables = { 'colour.f64': colourTables() };
  await runShortJob(jobs, 'statistics', { place, storage, only: config.photos.subfolders }, context.signal, (event) => event.event === 'progress' && context.progress.progress(event), tables);
  const { used, excluded } = settled(recordsSchema.parse(await fetchedJson(jobs, storage, 'statistics/records.json.gz', context)));
  const found = { folder, photos: used.map(photoOf), excluded, counts: countFates(used.length, excluded), fingerprint: fingerprintOf(used) };
  return materialOf(found, config, context, async (training) => {
    const learnt = new Set(training.map(({ path }) => path));
    const wanted = used.filter(({ path }) => learnt.has(path)).map(({ block, row }) => [block, row]);
    await runShortJob(jobs, 'colours', { storage }, context.signal, () => undefined, { 'wanted.json': json(wanted) });
    return histogramOf(coloursSchema.parse(await fetchedJson(jobs, storage, 'statistics/colours.json.gz', context)));
  });
}

async function fetchedJson(jobs: RayJobs, storage: string, path: string, { signal }: JobContext): Promise<unknown> {
  const files = await fetchFiles(jobs, storage, [path], signal);
  return JSON.parse(gunzipSync(files.get(path) ?? '').toString('utf8'));
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
