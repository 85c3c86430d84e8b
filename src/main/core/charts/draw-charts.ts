/**
 * Draws the charts of a folder of photographs, of a run, or of several runs over each other into files.
 */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chart } from '../../../shared/charts/chart.js';
import { csvOf, jsonOf } from '../../../shared/charts/table-file.js';
import { BinError } from '../../../shared/colour/bins.js';
import type { CHART_FORMATS } from '../../../shared/contract/kinds/charts.js';
import { UserError } from '../errors.js';
import { ensureFolder, writeFileWhole, writeNewFileWhole } from '../files.js';
import type { JobContext } from '../job.js';
import { chartsOfLab } from '../labs/lab-charts.js';
import { scanFolder } from '../photos/scan.js';
import { openRun, type Run } from '../runs/index.js';
import { EVENT_FILE_NAME, eventFile } from './event-file.js';
import { chartPng, chartSvg } from './render.js';
import { chartsOfPhotographs, chartsOfRun, chartsOfRuns } from './sources.js';

type ChartFormat = (typeof CHART_FORMATS)[number];

export interface ChartsOptions {
  /** A folder of photographs, a run, or a run of a laboratory. */
  source: string;
  /** Runs to draw over the source, a run then, too; none by default. */
  besides?: readonly string[];
  /** Folder for the files; made where it is not there. */
  out: string;
  formats: readonly ChartFormat[];
  /** ab units a side of a bin, for a folder of photographs; a run has its own. */
  window?: number;
  /** Subfolders of the photographs to take; all by default. */
  only?: readonly string[];
  /** Pixels of a PNG for each CSS pixel; 2 by default: sharp on a projector, 190 dpi at 13 cm in print. */
  scale?: number;
  /** Whether files of the same names are replaced. */
  overwrite?: boolean;
}

export interface ChartsReport {
  /** What the source was taken for. */
  kind: 'photographs' | 'run' | 'runs' | 'laboratory';
  /** Files written, in order, absolute or relative as `out` is. */
  files: string[];
}

/** A file to be: its contents are made when it is its turn. */
interface PlannedFile {
  path: string;
  contents(): Promise<string | Uint8Array>;
}

/**
 * @throws UserError when a source is none of these, has nothing to draw, or a file is there already; the signal's reason when stopped
 */
export async function drawCharts(options: ChartsOptions, context: JobContext): Promise<ChartsReport> {
  const { kind, charts, run } = await chartsOf(options, context);
  const planned = [...charts.flatMap((chart) => filesOf(chart, options)), ...(await eventFiles(run, options))];
  if (!options.overwrite) await refuseExisting(planned);
  await ensureFolder(options.out);
  await write(planned, options.overwrite ? writeFileWhole : writeNewFileWhole, context);
  return { kind, files: planned.map(({ path }) => path) };
}

interface Drawn extends Pick<ChartsReport, 'kind'> {
  charts: Chart[];
  /** Where it is one. */
  run?: Run;
}

async function chartsOf(options: ChartsOptions, context: JobContext): Promise<Drawn> {
  const { source, besides = [] } = options;
  if (besides.length > 0) return { kind: 'runs', charts: await chartsOfRuns([source, ...besides]) };
  if (await exists(join(source, 'run.json'))) {
    const run = await openRun(source);
    return { kind: 'run', run, charts: await chartsOfRun(run) };
  }
  if (await exists(join(source, 'lab.json'))) return { kind: 'laboratory', charts: await chartsOfLab(source) };
  return { kind: 'photographs', charts: await chartsOfFolder(options, context) };
}

async function chartsOfFolder({ source, window = 10, only }: ChartsOptions, context: JobContext): Promise<Chart[]> {
  const scan = await scanFolder(source, { only, context });
  await scan.close();
  if (scan.photos.length === 0) throw new UserError(`${source} holds no photograph that can be used, so there is nothing to draw.`);
  try {
    return chartsOfPhotographs(scan.histogram, scan.photos.length, window);
  } catch (error) {
    throw error instanceof BinError ? new UserError(error.message, { cause: error }) : error;
  }
}

/** A chart in each of the formats; PNG and SVG share one drawing. */
function filesOf(chart: Chart, { out, formats, scale }: ChartsOptions): PlannedFile[] {
  let svg: string | undefined;
  const drawn = (): string => (svg ??= chartSvg(chart));
  const contents: Record<Exclude<ChartFormat, 'tensorboard'>, () => Promise<string | Uint8Array>> = {
    svg: async () => drawn(),
    png: () => chartPng(drawn(), scale),
    csv: async () => csvOf(chart.table),
    json: async () => jsonOf(chart),
  };
  return formats
    .filter((format) => format !== 'tensorboard')
    .map((format) => ({ path: join(out, `${chart.name}.${format}`), contents: contents[format] }));
}

async function eventFiles(run: Run | undefined, { source, out, formats }: ChartsOptions): Promise<PlannedFile[]> {
  if (!formats.includes('tensorboard')) return [];
  if (!run) throw new UserError(`${source} has no training curves for TensorBoard. Name the run of a training, or leave that format out.`);
  const metrics = await run.metrics();
  const begun = Date.parse(run.file.created) / 1000;
  return [{ path: join(out, EVENT_FILE_NAME), contents: async () => eventFile(metrics, begun) }];
}

/** Asked before the work; the writing itself refuses again. */
async function refuseExisting(planned: readonly PlannedFile[]): Promise<void> {
  for (const { path } of planned) {
    if (await exists(path)) throw new UserError(`${path} is there already and is not overwritten. Choose another folder, or say that files may be overwritten.`);
  }
}

async function write(planned: readonly PlannedFile[], put: typeof writeFileWhole, { signal, progress }: JobContext): Promise<void> {
  for (const [done, { path, contents }] of planned.entries()) {
    signal.throwIfAborted();
    progress.progress({ phase: 'Drawing charts', done, total: planned.length, unit: 'files' });
    await put(path, await contents());
  }
  progress.progress({ phase: 'Drawing charts', done: planned.length, total: planned.length, unit: 'files' });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
