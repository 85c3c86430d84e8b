/** A network and its thread of batches, open together and closed together. */
import type { TrainingConfig } from '../../../shared/run/config.js';
import { encodingOf } from '../../../shared/run/encoding.js';
import type { SplitPhoto } from '../../../shared/run/files.js';
import { Random } from '../../../shared/random.js';
import { Network } from '../runs/network.js';
import type { BatchThreadData } from './batch-protocol.js';
import { BatchSource } from './batch-source.js';
import type { Material } from './material.js';
import { PatchPlan, type PatchPlanOptions } from './patch-plan.js';
import type { StoredPhoto } from './photo-store.js';
import { PreviewPainter } from './preview.js';
import { seenSize } from './seen-size.js';
import { Validation } from './validation.js';

export interface Engine {
  network: Network;
  source: BatchSource;
  validation: Validation;
  painter: PreviewPainter;
  /** Steps that show every piece once; fractions count. */
  stepsAnEpoch: number;
  /** Closes all of it. */
  close(): Promise<void>;
}

/**
 * @param patch Side of the training pieces.
 * @param onSkipped Told once of each photograph that cannot be read any more.
 */
export async function openEngine(
  material: Material,
  config: TrainingConfig,
  patch: number,
  onSkipped: (path: string, reason: string) => void,
): Promise<Engine> {
  const network = await Network.open(config, material.prior, patch);
  const data = threadData(material, config, patch, network);
  const source = new BatchSource(data, onSkipped);
  const shortest = Math.min(...data.validation.map(({ seen }) => Math.min(seen.width, seen.height)));
  const close = async () => {
    await source.close();
    network.close();
  };
  return {
    network, source, close,
    validation: new Validation(network, source, { patch, shortest }, data.validation.length),
    painter: new PreviewPainter(network, source, { patch, shortest }, Math.min(config.previews.photos, data.validation.length)),
    stepsAnEpoch: new PatchPlan(data.training.map(({ seen }) => seen), data.plan).stepsAnEpoch,
  };
}

function threadData({ folder, split, prior }: Material, config: TrainingConfig, patch: number, { graph }: Network): BatchThreadData {
  const stored = ({ path, contentId, width, height }: SplitPhoto): StoredPhoto => (
    { path, contentId, seen: seenSize({ width, height }, config.photos.side, patch) }
  );
  const { cut, batch, flips, zoom } = config.patches;
  const plan: PatchPlanOptions = { cut, batch, flips, zoom, side: patch, seed: config.seed };
  return {
    folder, prior, plan,
    training: split.training.map(stored),
    validation: watched(split.validation, config).map(stored),
    encoding: encodingOf(config.encoding),
    hints: graph.takesHints,
    lightness: config.patches.lightness,
    grid: { patch, border: graph.border, stride: graph.outputStride },
    memory: config.photos.memory * 2 ** 20,
    disk: config.photos.disk * 2 ** 20,
  };
}

/** The validation photographs that are looked at: as many as are asked for, drawn by the seed. */
function watched(photos: readonly SplitPhoto[], { seed, validation }: TrainingConfig): SplitPhoto[] {
  const order = new Random(seed, 'validation').permutation(photos.length);
  return Array.from(order.subarray(0, validation.photos), (index) => photos[index]);
}
