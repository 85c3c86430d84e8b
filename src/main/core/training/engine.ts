/** A network and its thread of batches, open together and closed together. */
import type { TrainingConfig } from '../../../shared/run/config.js';
import { encodingOf } from '../../../shared/run/encoding.js';
import { Network } from '../runs/network.js';
import type { BatchThreadData } from './batch-protocol.js';
import { BatchSource } from './batch-source.js';
import type { Material } from './material.js';
import { PatchPlan, type PatchPlanOptions } from './patch-plan.js';
import { PreviewPainter } from './preview.js';
import { storedPhotos } from './stored-photos.js';
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
  const { cut, batch, flips, zoom } = config.patches;
  const plan: PatchPlanOptions = { cut, batch, flips, zoom, side: patch, seed: config.seed };
  return {
    folder, prior, plan,
    ...storedPhotos(split, config, patch),
    encoding: encodingOf(config.encoding),
    hints: graph.takesHints,
    lightness: config.patches.lightness,
    wear: config.patches.wear,
    grid: { patch, border: graph.border, stride: graph.outputStride },
    memory: config.photos.memory * 2 ** 20,
    disk: config.photos.disk * 2 ** 20,
  };
}
