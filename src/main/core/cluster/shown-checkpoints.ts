/** What a person watches of a training that happens elsewhere: pictures and filters, made here from its checkpoints as they arrive. */
import type { CheckpointFile } from '../../../shared/run/files.js';
import { PAPER_TEMPERATURE } from '../../../shared/run/temperature.js';
import type { JobContext } from '../job.js';
import { listCheckpoints } from '../runs/checkpoint.js';
import { encodeFilters } from '../runs/filter-snapshot.js';
import { Network } from '../runs/network.js';
import { openRun } from '../runs/run.js';
import type { RunWriter } from '../runs/run-writer.js';
import { openEngine } from '../training/engine.js';
import type { PreviewPainter } from '../training/preview.js';
import { isRemote } from './cluster-address.js';

/** The network here; and what paints, where the photographs can be seen from here. */
interface Opened {
  network: Network;
  painter?: PreviewPainter;
  close(): Promise<void>;
}

export class ShownCheckpoints {
  private opened: Promise<Opened> | undefined;
  private complained = false;

  constructor(private readonly writer: RunWriter, private readonly context: JobContext) {}

  /** Shows a checkpoint that the run has. Where that cannot be done, it is said once: the training does not suffer. */
  async show({ step, validation }: CheckpointFile): Promise<void> {
    try {
      const checkpoint = (await listCheckpoints(this.writer.path)).find((one) => one.step === step);
      if (checkpoint === undefined) return;
      this.opened ??= this.open();
      const { network, painter } = await this.opened;
      network.restore(checkpoint.prefix);
      await this.preview(step, await painter?.paint(validation?.temperature ?? PAPER_TEMPERATURE));
      await this.writer.filters(step, encodeFilters(step, network.filterShapes, network.eachFilter()));
      this.context.progress.emit('filters', { step });
    } catch (error) {
      if (!this.complained) this.context.progress.note(`Pictures of the training cannot be shown: ${error instanceof Error ? error.message : String(error)}`, 'warning');
      this.complained = true;
    }
  }

  async close(): Promise<void> {
    await (await this.opened?.catch(() => undefined))?.close();
  }

  private async preview(step: number, png: Uint8Array | undefined): Promise<void> {
    if (png === undefined) return;
    this.context.progress.emit('preview', { step, file: await this.writer.preview(step, png) });
  }

  private async open(): Promise<Opened> {
    const run = await openRun(this.writer.path);
    const [prior, { data, config, network: { patch } }] = [await run.prior(), run.file];
    if (isRemote(data.folder)) {
      const network = await Network.open(config, prior, patch);
      return { network, close: () => Promise.resolve(network.close()) };
    }
    return openEngine({ folder: data.folder, fingerprint: data.fingerprint, split: await run.split(), prior }, config, patch, () => undefined);
  }
}
