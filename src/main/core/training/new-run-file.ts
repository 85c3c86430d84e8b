/** run.json of a training that begins. */
import type { LightnessRange } from '../../../shared/colour/lightness-range.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { RUN_SCHEMA_VERSION, type RunFile } from '../../../shared/run/files.js';
import { inputGeometry } from '../networks/index.js';
import { thisMachine } from '../machine.js';
import type { GatheredMaterial, Material } from './material.js';
import { seenSizes } from './seen-size.js';
import { versions } from './versions.js';

/** Side of the pieces, and at which size photographs are seen. */
export function piecesOf({ split }: Pick<Material, 'split'>, config: TrainingConfig): { patch: number; shorterSide: number } {
  const { multiple, border } = inputGeometry(config.network.architecture);
  return seenSizes(split.training, config.photos.side, config.patches.side, { multiple, minimum: multiple + 2 * border });
}

export interface NewTraining {
  network: { parameters: number; Q: number; outputStride: number };
  stepsAnEpoch: number;
  patch: number;
  /** Shorter side that photographs are seen at, in pixels. */
  seenSide: number;
  /** Lightness that pieces are seen in; a cluster does not look. */
  lightness?: LightnessRange;
  steps: number;
  /** Of the cluster that it begins on; this machine trains it where absent. */
  workers?: number;
}

export function newRunFile({ folder, fingerprint, split, refused }: GatheredMaterial, config: TrainingConfig, { network, stepsAnEpoch, patch, seenSide, lightness, steps, workers }: NewTraining): RunFile {
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    created: new Date().toISOString(),
    versions: versions(),
    ...(workers === undefined ? { machine: thisMachine() } : { cluster: { workers } }),
    config,
    data: {
      folder, fingerprint, stepsAnEpoch, seenSide, ...(lightness && { lightness }),
      training: split.training.length, validation: split.validation.length, test: split.test.length, refused,
    },
    network: { ...network, patch },
    steps, state: 'training', step: 0,
  };
}
