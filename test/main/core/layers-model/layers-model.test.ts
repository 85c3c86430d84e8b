import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freezeFile } from '../../../../src/main/core/graph-running/freeze-file.js';
import { USUAL_LIMITS } from '../../../../src/main/core/graph-running/isolated-graph.js';
import { nativeEngine } from '../../../../src/main/core/graph/native.js';
import { quietContext } from '../../../../src/main/core/job.js';
import type * as tensorflow from '@tensorflow/tfjs-node';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

let tf: typeof tensorflow;
let folder: string;
beforeAll(async () => {
  nativeEngine();
  tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof tensorflow;
  folder = await temporaryFolder('layers');
});

async function saved(name: string, model: tensorflow.LayersModel): Promise<string> {
  await model.save(`file://${join(folder, name)}`);
  return join(folder, name);
}

function freeze(graph: string, out: string) {
  const options = { graph, outputs: [], out: join(folder, out), overwrite: false, loaders: false, feeds: new Map(), allow: [], limits: USUAL_LIMITS, seed: 1 };
  return freezeFile(options, quietContext());
}

describe('a layers model of TensorFlow.js', () => {
  it('in a row becomes a graph that answers as TensorFlow.js does', async () => {
    const { layers } = tf;
    const path = await saved('row', tf.sequential({ layers: [
      layers.conv2d({ inputShape: [12, 12, 1], filters: 4, kernelSize: 3, activation: 'relu' }), layers.batchNormalization(), layers.maxPooling2d({ poolSize: 2 }), layers.flatten(), layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 8, activation: 'tanh' }), layers.batchNormalization(), layers.dense({ units: 3, activation: 'softmax', name: 'classes' }),
    ] }));
    const report = await freeze(path, 'row.pb');
    expect(report.outputs.map(({ name, shape }) => [name, shape])).toEqual([['classes', [2, 3]]]);
    expect(report.largestDifference).toBeLessThan(1e-6);
  });

  it('with branches does so, too', async () => {
    const { layers } = tf;
    const picture = tf.input({ shape: [null, null, 3], name: 'picture' });
    const half = layers.leakyReLU({ alpha: 0.1 }).apply(layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', strides: 2 }).apply(picture)) as tensorflow.SymbolicTensor;
    const other = layers.conv2d({ filters: 4, kernelSize: 1, activation: 'elu' }).apply(half) as tensorflow.SymbolicTensor;
    const both = layers.concatenate().apply([layers.add().apply([half, other]) as tensorflow.SymbolicTensor, half]) as tensorflow.SymbolicTensor;
    const large = layers.upSampling2d({ size: [2, 2], name: 'large' }).apply(both) as tensorflow.SymbolicTensor;
    const turned = layers.conv2dTranspose({ filters: 2, kernelSize: 4, strides: 2, padding: 'same', name: 'turned' }).apply(both) as tensorflow.SymbolicTensor;
    const path = await saved('branches', tf.model({ inputs: picture, outputs: [large, turned] }));
    const report = await freeze(join(path, 'model.json'), 'branches.pb');
    expect(report.outputs.map(({ name }) => name)).toEqual(['large', 'turned']);
    expect(report.largestDifference).toBeLessThan(1e-5);
  });

  it('with a layer that is not known is refused by its name', async () => {
    const path = await saved('recurrent', tf.sequential({ layers: [tf.layers.lstm({ units: 2, inputShape: [3, 2], name: 'memory' })] }));
    await expect(freeze(path, 'recurrent.pb')).rejects.toThrow(/The layer memory \(LSTM\) cannot be turned into a graph/);
  });

  it('whose files are damaged, or lie elsewhere, is refused with a sentence', async () => {
    const path = await saved('damaged', tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] }));
    const json = await readFile(join(path, 'model.json'), 'utf8');
    await writeFile(join(path, 'model.json'), json.replace('weights.bin', '../row/weights.bin'));
    await expect(freeze(path, 'damaged.pb')).rejects.toThrow(/does not lie beside it/);
    await writeFile(join(path, 'model.json'), json);
    await writeFile(join(path, 'weights.bin'), 'short');
    await expect(freeze(path, 'damaged.pb')).rejects.toThrow(/misses weights/);
    await writeFile(join(path, 'model.json'), json.slice(0, 50));
    await expect(freeze(path, 'damaged.pb')).rejects.toThrow(/is damaged/);
  });
});
