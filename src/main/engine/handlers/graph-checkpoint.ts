import { CheckpointReader } from '../../core/checkpoints/checkpoint-reader.js';
import { typeName } from '../../core/graph-files/data-types.js';
import type { Handler } from './handler.js';

export const graphCheckpoint: Handler<'graphCheckpoint'> = async ({ checkpoint }) => {
  const reader = await CheckpointReader.open(checkpoint);
  return {
    prefix: reader.prefix,
    shards: reader.shards,
    missing: await reader.missingShards(),
    tensors: reader.entries.map(({ name, type, shape, bytes, slices }) => ({ name, type: typeName(type), shape: [...shape], bytes, parts: slices.length })),
  };
};
