/**
 * A run on disk, as the one process that trains it sees it. It holds the run's lock from the first moment to `close`.
 */
import { lstat, mkdir, mkdtemp, open, readdir, readFile, rm, rmdir, stat, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CheckpointFile, ColoursFile, PriorFile, RunFile, SplitFile } from '../../../shared/run/files.js';
import type { TrainingEstimate } from '../../../shared/contract/estimate.js';
import type { MetricsLine } from '../../../shared/run/metrics.js';
import { UserError } from '../errors.js';
import { removeAsides, writeFault, writeFileWhole, writeFolderWhole, writeJsonWhole } from '../files.js';
import { listCheckpoints, prefixIn, pruneCheckpoints, stepName, type Checkpoint } from './checkpoint.js';
import { filterFileName, listFilters } from './filter-snapshot.js';
import { releaseLock, takeLock, writeLock } from './lock.js';
import { listPreviews } from './preview.js';
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

/**
 * Whether a run can be made at a place, asked before long work starts.
 * @returns Whether an empty folder is there, for the run to fill.
 * @throws UserError when something is there that would be overwritten, or nothing can be written there.
 */
export async function checkRunPlace(path: string): Promise<boolean> {
  const names = await namesIn(path);
  if (names === undefined) await checkWritable(await folderAbove(resolve(path)), path);
  else await checkEmpty(path, names);
  return names !== undefined;
}

/** Names in a folder; undefined where nothing is there. */
async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') throw new UserError(`${path} is a file. Choose another name for the run's folder.`, { cause: error });
    if (code !== 'ENOENT') throw writeFault(path, error);
    const isLink = await lstat(path).then(() => true, () => false);
    if (isLink) throw new UserError(`${path} is a link to a folder that is not there. Make that folder, or choose another.`, { cause: error });
    return undefined;
  }
}

async function checkEmpty(path: string, names: readonly string[]): Promise<void> {
  if (names.includes('run.json')) throw new UserError(`${path} holds a run already and is not overwritten. Choose another folder, or resume that run.`);
  if (names.length > 0) throw new UserError(`${path} is not empty, and nothing is overwritten. Choose a new folder for the run.`);
  await checkWritable(path, path);
}

/** The nearest folder above that is there. */
async function folderAbove(path: string): Promise<string> {
  const above = dirname(path);
  return await stat(above).then(() => above, () => (above === path ? above : folderAbove(above)));
}

/** Permissions alone do not tell (read-only disks, network shares): only a trial does. @param path What the person asked for. */
async function checkWritable(folder: string, path: string): Promise<void> {
  try {
    await rmdir(await mkdtemp(join(folder, '.chromabench-')));
  } catch (error) {
    throw writeFault(path, error);
  }
}

/** Previews, and snapshots of filters, kept of a run. */
const MOST_MOMENTS = 60;
/** Bytes that a run's snapshots of filters may take. */
const MOST_FILTER_BYTES = 64 * 2 ** 20;

export class RunWriter {
  private closed = false;

  private constructor(
    readonly path: string,
    private current: RunFile,
    private readonly metrics: FileHandle,
    private readonly logFile: FileHandle,
  ) {}

  /**
   * Makes a run folder, locked by this process. It appears whole; an empty folder that is there becomes a run the moment
   * its run.json appears.
   * @throws UserError when something is there already, or the place cannot be written.
   */
  static async create(path: string, run: NewRun): Promise<RunWriter> {
    const folder = resolve(path);
    if (await checkRunPlace(folder)) await fillInPlace(folder, run);
    else await makeWhole(folder, run);
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
      // Runs from before filters were kept lack their folder.
      await mkdir(join(folder, 'filters'), { recursive: true });
      for (const place of [folder, ...['checkpoints', 'previews', 'filters'].map((name) => join(folder, name))]) await removeAsides(place);
      await cutTornLine(join(folder, 'metrics.jsonl'));
      return await RunWriter.openOwned(folder, file);
    } catch (error) {
      await releaseLock(folder);
      throw error;
    }
  }

  private static async openOwned(folder: string, file: RunFile): Promise<RunWriter> {
    const [metrics, log] = await Promise.all(['metrics.jsonl', 'log.txt'].map((name) => open(join(folder, name), 'a')));
    return new RunWriter(folder, file, metrics, log);
  }

  /** run.json as it stands. */
  get file(): RunFile {
    return this.current;
  }

  /** Changes run.json. A reason that is given as undefined is taken out. */
  async update(change: Partial<Pick<RunFile, 'state' | 'reason' | 'step'>>): Promise<void> {
    const next = { ...this.current, ...change };
    await writeJsonWhole(join(this.path, 'run.json'), next);
    this.current = next;
  }

  /** Adds a report to metrics.jsonl. */
  report(line: MetricsLine): Promise<void> {
    return this.append(this.metrics, 'metrics.jsonl', `${JSON.stringify(line)}\n`);
  }

  /** Adds a line to log.txt, with the time. */
  log(message: string): Promise<void> {
    return this.append(this.logFile, 'log.txt', `${new Date().toISOString()} ${message.replaceAll('\n', ' ')}\n`);
  }

  private async append(file: FileHandle, name: string, line: string): Promise<void> {
    try {
      await file.appendFile(line);
    } catch (error) {
      throw writeFault(join(this.path, name), error);
    }
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
    await this.metrics.sync();
    await this.update({ step: file.step });
    const { keep, best } = this.current.config.checkpoints;
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

  /** Gives the run back; once. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.all([this.metrics.close(), this.logFile.close()]);
    await releaseLock(this.path);
  }
}

/** Of too many moments every second one goes, so that a long training stays visible from its start in bounded space. */
async function thin(moments: readonly { file: string }[], room = MOST_MOMENTS): Promise<void> {
  if (moments.length <= Math.min(room, MOST_MOMENTS)) return;
  for (const [index, { file }] of moments.entries()) {
    if (index % 2 === 1 && index < moments.length - 1) await rm(file, { force: true });
  }
}

async function makeWhole(folder: string, run: NewRun): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true });
  } catch (error) {
    throw writeFault(folder, error);
  }
  await writeFolderWhole(folder, async (aside) => {
    await writeLock(aside);
    await fill(aside, run, writeFile);
  });
}

/** A folder that is there stays: it can be a link, or where a disk is mounted. */
async function fillInPlace(folder: string, run: NewRun): Promise<void> {
  // Of two processes that found it empty one gets no further.
  await takeLock(folder);
  try {
    await fill(folder, run, writeFileWhole);
  } catch (error) {
    for (const name of [...PARTS, 'lock.json']) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}

const PARTS = ['checkpoints', 'previews', 'filters', 'graph.pb', 'prior.json', 'colours.json', 'split.json', ESTIMATE_FILE, 'run.json'];

/** Writes the parts of a new run, run.json last. */
async function fill(folder: string, run: NewRun, write: (path: string, data: string | Uint8Array) => Promise<void>): Promise<void> {
  const { file, prior, colours, split, graph, estimate } = run;
  await Promise.all(['checkpoints', 'previews', 'filters'].map((name) => mkdir(join(folder, name))));
  await write(join(folder, 'graph.pb'), graph);
  // A line: ten thousand cells one below the other would be read by nobody.
  await write(join(folder, 'colours.json'), `${JSON.stringify(colours)}\n`);
  if (estimate) await write(join(folder, ESTIMATE_FILE), `${JSON.stringify(estimate, null, 2)}\n`);
  for (const [name, value] of [['prior.json', prior], ['split.json', split], ['run.json', file]] as const) {
    await write(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  }
}

/** Takes off a last line without an end: the next report must not grow onto it. */
export async function cutTornLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return;
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(path, whole);
}
