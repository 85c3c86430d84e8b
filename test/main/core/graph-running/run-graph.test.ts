import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../../src/main/core/graph-running/run-graph.js';

describe('figures of a result', () => {
  it('are of its finite values, and say how many are none', () => {
    expect(figuresOf(Float32Array.of(1, NaN, 3, Infinity, -Infinity))).toEqual({ smallest: 1, largest: 3, mean: 2, notFinite: 3 });
    expect(figuresOf(Float32Array.of(NaN))).toEqual({ notFinite: 1 });
    expect(figuresOf(Float32Array.of(0.5, 1))).toEqual({ smallest: 0.5, largest: 1, mean: 0.75 });
  });

  it('stay finite where a sum would not', () => {
    expect(figuresOf(Float64Array.of(Number.MAX_VALUE, Number.MAX_VALUE))).toEqual({ smallest: Number.MAX_VALUE, largest: Number.MAX_VALUE, mean: Number.MAX_VALUE });
  });
});
