import { afterAll, describe, expect, it } from 'vitest';
import { cast, constant, conv2d, GraphError, gradients, Graph, multiply, placeholder, Session, sum, type Precision } from '../../../../src/main/core/graph/index.js';
import { heldTensors } from '../../../../src/main/core/graph/session.js';
import { hasBfloat16, processorFlags } from '../../../../src/main/core/processor.js';
import { PRESETS } from '../../../../src/shared/run/presets.js';
import { networkGraphOf } from '../../../../src/main/core/runs/network.js';

/** Small whole numbers: bfloat16 holds them exactly up to 256, and so are their products and sums. */
const whole = (count: number, period: number) => Float32Array.from({ length: count }, (_, i) => ((i * 7) % period) - Math.floor(period / 2));

const X = [2, 6, 5, 3];
const FILTER = [3, 3, 3, 4];

/** A convolution and its gradients, computed in a precision. */
async function convolved(precision: Precision) {
  const graph = new Graph();
  const x = placeholder(graph, 'x', 'float32', X);
  const filter = placeholder(graph, 'filter', 'float32', FILTER);
  const y = cast(conv2d(cast(x, precision), cast(filter, precision), { stride: 2 }), 'float32');
  const weight = constant(graph, whole(2 * 3 * 3 * 4, 3), [2, 3, 3, 4]);
  const [byX, byFilter] = gradients(sum(multiply(y, weight)), [x, filter]);
  const session = await Session.open(graph, { use: { inputs: { x, filter }, outputs: { y, byX, byFilter } } });
  const results = session.run('use', { x: { data: whole(2 * 6 * 5 * 3, 7), shape: X }, filter: { data: whole(3 * 3 * 3 * 4, 5), shape: FILTER } });
  session.close();
  return [results.y, results.byX, results.byFilter].map(({ data }) => [...(data as Float32Array)]);
}

describe('bfloat16', () => {
  afterAll(() => {
    expect(heldTensors()).toBe(0);
  });

  it('gives a convolution and its gradients exactly where all numbers are exact in it', async () => {
    const expected = await convolved('float32');
    expect(Math.max(...expected.flat().map(Math.abs))).toBeGreaterThan(10);
    expect(Math.max(...expected.flat().map(Math.abs))).toBeLessThan(256);
    // Where the processor has none, a training does without (below), and TensorFlow need not know how.
    expect(await convolved(hasBfloat16() ? 'bfloat16' : 'float32')).toEqual(expected);
  });

  it('is not mixed with float32 in one convolution', () => {
    const graph = new Graph();
    const x = placeholder(graph, 'x', 'float32', X);
    expect(() => conv2d(x, cast(placeholder(graph, 'filter', 'float32', FILTER), 'bfloat16'))).toThrow(GraphError);
  });

  it('is taken for a training that wants it where the processor has it, and float32 elsewhere', () => {
    const { config } = PRESETS.fast;
    const { graph } = networkGraphOf({ ...config, network: { ...config.network, width: 0.1, precision: 'bfloat16' } }, new Float32Array(24), 32);
    const types = new Set(graph.nodes.filter(({ name, operation }) => operation === 'Conv2D' && name.startsWith('train/')).map((node) => node.attribute('T', 'type')));
    expect(types).toEqual(new Set([hasBfloat16() ? 'bfloat16' : 'float32']));
  });

  it('is known by the flags of the processor', () => {
    expect(processorFlags('processor\t: 0\nflags\t\t: fpu avx512f avx512_bf16 amx_bf16\nbugs\t\t: none\n')).toEqual(['fpu', 'avx512f', 'avx512_bf16', 'amx_bf16']);
    expect(processorFlags('Features\t: fp asimd')).toEqual([]);
    expect(processorFlags()).toEqual([]);
  });
});
