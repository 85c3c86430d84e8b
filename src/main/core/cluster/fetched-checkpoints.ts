/** Checkpoints of a training on a cluster brought into its run: the newest and the best, whatever came between is passed over. */
import { writeFile } from 'node:fs/promises';
import type { CheckpointFile } from '../../../shared/run/files.js';
import { UserError } from '../errors.js';
import { listCheckpoints, stepName } from '../runs/checkpoint.js';
import type { JobContext } from '../job.js';
import type { RunWriter } from '../runs/run-writer.js';
import type { RayJobs } from './ray-jobs.js';
import { fetchFiles } from './short-job.js';

const ENDINGS = ['.index', '.data-00000-of-00001'];

export class FetchedCheckpoints {
  private newest: CheckpointFile | undefined;
  private best: CheckpointFile | undefined;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly jobs: RayJobs,
    private readonly storage: string,
    private readonly writer: RunWriter,
    private readonly context: JobContext,
  ) {}

  /** A checkpoint is there to be fetched; does not wait for it. */
  offer(file: CheckpointFile, isBest: boolean): void {
    this.newest = file;
    if (isBest) this.best = file;
    this.fetching ??= this.fetchWanted().finally(() => (this.fetching = undefined));
  }

  /** Waits until the newest and the best are there. @throws UserError when the newest cannot be had. */
  async finish(): Promise<void> {
    await this.fetching;
    await this.fetchWanted();
    const missing = this.newest !== undefined && !(await this.has(this.newest));
    if (missing) throw new UserError(`The newest checkpoint, of step ${this.newest?.step}, could not be fetched from the cluster. Attach to the run again.`);
  }

  private async fetchWanted(): Promise<void> {
    const tried = new Set<number>();
    for (let next = await this.wanted(tried); next !== undefined; next = await this.wanted(tried)) {
      tried.add(next.step);
      await this.fetch(next).catch((error: unknown) => this.context.progress.note(error instanceof Error ? error.message : String(error), 'warning'));
    }
  }

  /** The best first: the run's step is that of the last one written. */
  private async wanted(tried: ReadonlySet<number>): Promise<CheckpointFile | undefined> {
    for (const file of [this.best, this.newest]) {
      if (file !== undefined && !tried.has(file.step) && !(await this.has(file))) return file;
    }
    return undefined;
  }

  private async has({ step }: CheckpointFile): Promise<boolean> {
    return (await listCheckpoints(this.writer.path)).some((checkpoint) => checkpoint.step === step);
  }

  private async fetch(file: CheckpointFile): Promise<void> {
    const prefix = `checkpoints/${stepName(file.step)}/model.ckpt`;
    const files = await fetchFiles(this.jobs, this.storage, ENDINGS.map((ending) => `${prefix}${ending}`), new AbortController().signal);
    await this.writer.checkpoint(file, async (place) => {
      for (const ending of ENDINGS) await writeFile(`${place}${ending}`, files.get(`${prefix}${ending}`) ?? '');
    });
    this.context.progress.emit('checkpoint', { step: file.step, best: file === this.best });
  }
}
