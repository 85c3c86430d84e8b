import { describe, expect, it } from 'vitest';
import { ACTIVATION_KINDS, RRELU_FACT, RRELU_MEAN_SLOPE, responseAt, slopeBand, type ActivationKind } from '../../../../src/shared/labs/activations/functions.js';
import { Random } from '../../../../src/shared/random.js';

/** Values at -1.5 and 2, from the definitions with a calculator's digits. */
const WRITTEN: Record<ActivationKind, [number, number]> = {
  relu: [0, 2],
  'lrelu-100': [-0.015, 2],
  lrelu: [-0.2727272727, 2],
  prelu: [-0.375, 2],
  'prelu-channel': [-0.375, 2],
  elu: [-0.7768698399, 2],
  rrelu: [-0.2727272727, 2],
  'rrelu-slope': [-0.34375, 2],
  selu: [-1.3658142, 2.1014019747],
  gelu: [-0.1002107992, 1.9544997361],
  silu: [-0.2736382853, 1.7615941560],
  tanh: [-0.9051482536, 0.9640275801],
  none: [-1.5, 2],
};

describe('the activations', () => {
  it('have the values that are written down', () => {
    for (const kind of ACTIVATION_KINDS) {
      const [low, high] = WRITTEN[kind];
      expect(Math.abs(responseAt(kind, -1.5).value - low), kind).toBeLessThan(3e-7);
      expect(Math.abs(responseAt(kind, 2).value - high), kind).toBeLessThan(3e-7);
    }
  });

  it('have slopes that finite differences give', () => {
    const h = 1e-4;
    for (const kind of ACTIVATION_KINDS) {
      for (const x of [-2.3, -0.7, 0.4, 1.9]) {
        const measured = (responseAt(kind, x + h).value - responseAt(kind, x - h).value) / (2 * h);
        expect(Math.abs(responseAt(kind, x).slope - measured), `${kind} at ${x}`).toBeLessThan(2e-3);
      }
    }
  });

  it('of the random family have a mean slope in training that is not the slope in test', () => {
    const random = new Random(1, 'a');
    const draws = Array.from({ length: 200_000 }, () => 1 / (3 + 5 * random.uniform()));
    const mean = draws.reduce((sum, v) => sum + v, 0) / draws.length;
    expect(Math.abs(mean - RRELU_MEAN_SLOPE)).toBeLessThan(5e-4);
    expect(RRELU_MEAN_SLOPE).toBeCloseTo(0.1962, 4);
    expect(responseAt('rrelu', -1).slope).toBeCloseTo(0.1818, 4);
    expect(RRELU_FACT).toContain('0.196 on average');
    expect(slopeBand('rrelu')).toEqual([1 / 8, 1 / 3]);
  });
});
