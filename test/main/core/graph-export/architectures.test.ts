import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freezeGraph } from '../../../../src/main/core/frozen-graphs/freeze.js';
import { Session, toGraphDef } from '../../../../src/main/core/graph/index.js';
import { onnxModel } from '../../../../src/main/core/graph-export/onnx.js';
import { answersOfGraph, answersOfOnnx, answersOfWebModel, demandSame, exampleLightness } from '../../../../src/main/core/graph-export/loaded-again.js';
import { withoutDefaults } from '../../../../src/main/core/graph-export/exported-network.js';
import { writeWebModel } from '../../../../src/main/core/graph-export/web-model.js';
import { buildColorizer, type ArchitectureName } from '../../../../src/main/core/networks/index.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

/** Every kind of network with random weights, frozen to its scores. */
async function frozenScores(architecture: ArchitectureName) {
  const folder = await temporaryFolder('architectures');
  const network = buildColorizer({
    architecture, bins: 16, binColours: Float32Array.from({ length: 32 }, (_, i) => 10 * Math.sin(i)), encoding: 'soft', patch: 32, hints: true, width: architecture === 'seed' ? 1 : 0.1, optimizer: { kind: 'sgd' },
  });
  const session = await Session.open(network.graph, network.signatures);
  session.run('initialize', { seed: [3, 4] });
  session.run('save', { prefix: join(folder, 'model') });
  session.close();
  const { graph } = await freezeGraph({ graph: toGraphDef(network.graph) }, ['logits'], join(folder, 'model'));
  return { folder, graph, feeds: exampleLightness(Math.ceil(40 / network.multiple) * network.multiple + 2 * network.border) };
}

describe.each(['pyramid', 'fast', 'seed', 'zhang'] as const)('the network %s', (architecture) => {
  it('answers the same in ONNX Runtime and in TensorFlow.js', async () => {
    const { folder, graph, feeds } = await frozenScores(architecture);
    const expected = await answersOfGraph(graph, 'logits', feeds);
    expect(Math.max(...expected[0].values.map(Math.abs))).toBeGreaterThan(1e-3);
    await writeFile(join(folder, 'model.onnx'), onnxModel(withoutDefaults(graph), ['logits']));
    const onnx = await answersOfOnnx(join(folder, 'model.onnx'), 'logits', feeds);
    expect(onnx.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
    expect(demandSame(expected, onnx, 'ONNX', 1e-4)).toBeGreaterThanOrEqual(0);
    const web = join(folder, 'web');
    await mkdir(web);
    await writeWebModel(web, withoutDefaults(graph), ['logits']);
    demandSame(expected, await answersOfWebModel(web, 'logits', feeds), 'TensorFlow.js', 1e-4);
  });
});

describe('what ONNX has no word for', () => {
  it('is refused by name', () => {
    const node = [{ name: 'x', op: 'Placeholder', input: [] }, { name: 'spectrum', op: 'FFT2D', input: ['x'] }];
    expect(() => onnxModel({ node }, ['spectrum'])).toThrow('spectrum (FFT2D) has no counterpart in ONNX');
  });

  it('a comparison that finds a difference says so', () => {
    const answered = (value: number) => [{ shape: [1], values: Float32Array.of(value) }];
    expect(() => demandSame(answered(1), answered(1.1), 'model.onnx')).toThrow(/model\.onnx does not give the same answer as the run: the largest difference is 0\.100/);
    expect(() => demandSame(answered(1), [{ shape: [1, 1], values: Float32Array.of(1) }], 'model.onnx')).toThrow(/does not give the same answer/);
    expect(() => demandSame(answered(1e-6), answered(1.1e-6), 'model.onnx', 1e-3)).toThrow(/does not give the same answer/);
    expect(() => demandSame(answered(NaN), answered(NaN), 'model.onnx')).toThrow(/diverged/);
  });
});
