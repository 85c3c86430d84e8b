/**
 * A run on disk, as the one process that trains it sees it. It holds the run's lock from the first moment to `close`.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CheckpointFile, ColoursFile, PriorFile, RunFile, SplitFile } from '../../../shared/run/files.js';
import type { TrainingEstimate } from '../../../shared/contract/estimate.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { ensureFolder, removeAsides, writeFileWhole, writeFolderWhole, writeJsonWhole } from '../files.js';
import { listCheckpoints, prefixIn, pruneCheckpoints, stepName, type Checkpoint } from './checkpoint.js';
import { filterFileName, listFilters } from './filter-snapshot.js';
import { releaseLock, takeLock } from './lock.js';
import { listPreviews } from './preview.js';
import { type Filling, makeRunFolder } from './run-place.js';
import { openGrowingFiles, RunRecord } from './run-record.js';
import { ESTIMATE_FILE, openRun } from './run.js';

/** What a run holds before its first step. */
export interface NewRun {
  file: RunFile;
  prior: PriorFile;
  colours: ColoursFile;
  split: SplitFile;
  /** Structure of the network: a TensorFlow GraphDef. */
  graph: Uint8Array;
  /** What it was expected to take. */
  estimate?: TrainingEstimate;
}

/** Previews, and snapshots of filters, kept of a run. */
const MOST_MOMENTS = 60;
/** Bytes that a run's snapshots of filters may take. */
const MOST_FILTER_BYTES = 64 * 2 ** 20;

export class RunWriter extends RunRecord<RunFile, Pick<RunFile, 'state' | 'reason' | 'step'>, MetricsLine> {
  /**
   * Makes a run folder, locked by this process. It appears whole; an empty folder that is there becomes a run the moment
   * its run.json appears.
   * @throws UserError when something is there already, or the place cannot be written.
   */
  static async create(path: string, run: NewRun): Promise<RunWriter> {
    const folder = resolve(path);
    await makeRunFolder(folder, PARTS, (place, write) => fill(place, run, write));
    return RunWriter.openOwned(folder, run.file);
  }

  /**
   * Takes a run up again: takes its lock, then clears what a killed process left half-written.
   * @throws UserError when it is no run, or another process trains it.
   */
  static async resume(path: string): Promise<RunWriter> {
    const folder = resolve(path);
    await openRun(folder);
    await takeLock(folder);
    try {
      const { file } = await openRun(folder);
      for (const place of [folder, ...FOLDERS.map((name) => join(folder, name))]) {
        // Runs from before filters were kept lack their folder; of others somebody has deleted one.
        await ensureFolder(place);
        await removeAsides(place);
      }
      return await RunWriter.openOwned(folder, file);
    } catch (error) {
      await releaseLock(folder);
      throw error;
    }
  }

  private static async openOwned(folder: string, file: RunFile): Promise<RunWriter> {
    return new RunWriter(folder, 'run.json', file, await openGrowingFiles(folder));
  }

  /**
   * Makes a checkpoint, which appears whole, and removes the ones that are too many. One of the same step, from before
   * a resume, keeps its weights: they are the same numbers; unless somebody took files out of it. A validation that it
   * lacks is added.
   * @param save Writes TensorFlow's files under the prefix it is given.
   */
  async checkpoint(file: CheckpointFile, save: (prefix: string) => Promise<void>): Promise<void> {
    const existing = (await listCheckpoints(this.path)).find(({ step }) => step === file.step);
    if (existing === undefined) {
      const folder = join(this.path, 'checkpoints', stepName(file.step));
      await rm(folder, { recursive: true, force: true });
      await writeFolderWhole(folder, async (aside) => {
        await save(prefixIn(aside));
        await writeFile(join(aside, 'checkpoint.json'), JSON.stringify(file));
      });
    } else if (existing.file.validation === undefined && file.validation !== undefined) {
      await writeJsonWhole(join(existing.folder, 'checkpoint.json'), file);
    }
    await this.reportsWritten();
    // Fetched from elsewhere, an older one may come after a newer one.
    await this.update({ step: (await this.newestCheckpoint())?.step ?? file.step });
    const { keep, best } = this.file.config.checkpoints;
    await pruneCheckpoints(this.path, keep, best);
  }

  /** The newest whole checkpoint, where the training goes on; undefined before the first. */
  async newestCheckpoint(): Promise<Checkpoint | undefined> {
    return (await listCheckpoints(this.path)).at(-1);
  }

  /** Keeps a preview. @returns its path */
  async preview(step: number, png: Uint8Array): Promise<string> {
    const file = join(this.path, 'previews', `${stepName(step)}.png`);
    await writeFileWhole(file, png);
    await thin(await listPreviews(this.path));
    return file;
  }

  /** Keeps a snapshot of the filters; one of the same step is replaced. */
  async filters(step: number, bytes: Uint8Array): Promise<void> {
    await writeFileWhole(join(this.path, 'filters', filterFileName(step)), bytes);
    await thin(await listFilters(this.path), Math.floor(MOST_FILTER_BYTES / bytes.length));
  }
}

/** Of too many moments every second one goes, so that a long training stays visible from its start in bounded space. */
async function thin(moments: readonly { file: string }[], room = MOST_MOMENTS): Promise<void> {
  if (moments.length <= Math.min(room, MOST_MOMENTS)) return;
  for (const [index, { file }] of moments.entries()) {
    if (index % 2 === 1 && index < moments.length - 1) await rm(file, { force: true });
  }
}

const FOLDERS = ['checkpoints', 'previews', 'filters'];
const PARTS = [...FOLDERS, 'graph.pb', 'prior.json', 'colours.json', 'split.json', ESTIMATE_FILE, 'run.json'];

/** Writes the parts of a new run, run.json last. */
async function fill(folder: string, run: NewRun, write: Parameters<Filling>[1]): Promise<void> {
  const { file, prior, colours, split, graph, estimate } = run;
  await Promise.all(FOLDERS.map((name) => mkdir(join(folder, name))));
  await write(join(folder, 'graph.pb'), graph);
  // A line: ten thousand cells one below the other would be read by nobody.
  await write(join(folder, 'colours.json'), `${JSON.stringify(colours)}\n`);
  if (estimate) await write(join(folder, ESTIMATE_FILE), `${JSON.stringify(estimate, null, 2)}\n`);
  for (const [name, value] of [['prior.json', prior], ['split.json', split], ['run.json', file]] as const) {
    await write(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  }
}
