/** Checkpoints of a training on a cluster brought into its run: the newest and the best, whatever came between is passed over. */
import { setTimeout } from 'node:timers/promises';
import type { CheckpointFile } from '../../../shared/run/files.js';
import { UserError } from '../errors.js';
import { listCheckpoints, stepName } from '../runs/checkpoint.js';
import type { JobContext } from '../job.js';
import type { RunWriter } from '../runs/run-writer.js';
import type { CheckpointLimits } from './checkpoint-limits.js';
import { fetchFiles } from './fetched-files.js';
import type { RayJobs } from './ray-jobs.js';
import type { ShownCheckpoints } from './shown-checkpoints.js';

const ENDINGS = { index: '.index', data: '.data-00000-of-00001' } as const;
/** Whoever attaches is told of all checkpoints at once, most of them long gone: only what is offered after this pause is fetched. */
const SETTLING_MS = 500;

export class FetchedCheckpoints {
  private newest: CheckpointFile | undefined;
  private best: CheckpointFile | undefined;
  private fetching: Promise<void> | undefined;

  /** @param leaving Ends what is under way, for another time. */
  constructor(
    private readonly jobs: RayJobs,
    private readonly storage: string,
    private readonly writer: RunWriter,
    private readonly context: JobContext,
    private readonly limits: CheckpointLimits,
    private readonly shown: ShownCheckpoints,
    private readonly leaving: AbortSignal,
  ) {}

  /** A checkpoint is there to be fetched; does not wait for it. */
  offer(file: CheckpointFile, isBest: boolean): void {
    this.newest = file;
    if (isBest) this.best = file;
    this.fetching ??= this.fetchSettled().finally(() => (this.fetching = undefined));
  }

  /** Waits until the newest and the best are there. @throws UserError when one of them cannot be had. */
  async finish(): Promise<void> {
    await this.fetching;
    await this.fetchWanted();
    for (const [word, file] of [['newest', this.newest], ['best', this.best]] as const) {
      if (file !== undefined && !(await this.has(file))) throw new UserError(`The ${word} checkpoint, of step ${file.step}, could not be fetched from the cluster.`);
    }
  }

  /** Waits until nothing is being written any more. */
  async left(): Promise<void> {
    await this.fetching;
  }

  private async fetchSettled(): Promise<void> {
    await setTimeout(SETTLING_MS);
    await this.fetchWanted();
  }

  private async fetchWanted(): Promise<void> {
    const tried = new Set<number>();
    for (let next = await this.wanted(tried); next !== undefined && !this.leaving.aborted; next = await this.wanted(tried)) {
      tried.add(next.step);
      await this.fetch(next).catch((error: unknown) => this.complain(next as CheckpointFile, error));
    }
  }

  /** One that is neither the newest nor the best by now is missed by nobody. */
  private complain(file: CheckpointFile, error: unknown): void {
    if (this.leaving.aborted || (file !== this.newest && file !== this.best)) return;
    this.context.progress.note(error instanceof Error ? error.message : String(error), 'warning');
  }

  private async wanted(tried: ReadonlySet<number>): Promise<CheckpointFile | undefined> {
    for (const file of [this.best, this.newest]) {
      if (file !== undefined && !tried.has(file.step) && !(await this.has(file))) return file;
    }
    return undefined;
  }

  private async has({ step }: CheckpointFile): Promise<boolean> {
    return (await listCheckpoints(this.writer.path)).some((checkpoint) => checkpoint.step === step);
  }

  /** What does not fit the network takes no place of what does. */
  private async fetch(file: CheckpointFile): Promise<void> {
    await this.writer.checkpoint(file, async (place) => {
      const parts = (['index', 'data'] as const).map((part) => ({ path: `checkpoints/${stepName(file.step)}/model.ckpt${ENDINGS[part]}`, to: `${place}${ENDINGS[part]}`, most: this.limits.most[part] }));
      await fetchFiles(this.jobs, this.storage, parts, this.leaving);
      await this.limits.demandFitting(place);
    });
    this.context.progress.emit('checkpoint', { step: file.step, best: file === this.best });
    await this.shown.show(file);
  }
}
