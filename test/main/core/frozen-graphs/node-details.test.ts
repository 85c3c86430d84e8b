import { describe, expect, it } from 'vitest';
import { differenceOfGraphs } from '../../../../src/main/core/frozen-graphs/graph-difference.js';
import { nodeDetails } from '../../../../src/main/core/frozen-graphs/node-details.js';
import { TYPE } from '../../../../src/main/core/graph-files/data-types.js';
import { decodeMessage, encodeMessage } from '../../../../src/main/core/graph-files/message-file.js';
import { messageType, type GraphMessage } from '../../../../src/main/core/graph/schema.js';

/** A graph of one constant of doubles whose last written value fills the rest. */
function constant(sizes: readonly number[], doubleVal: readonly number[]): GraphMessage {
  const tensor = { dtype: TYPE.float64, tensorShape: { dim: sizes.map((size) => ({ size })) }, doubleVal };
  const type = messageType('GraphDef');
  return decodeMessage(type, encodeMessage(type, { node: [{ name: 'c', op: 'Const', attr: { dtype: { type: TYPE.float64 }, value: { tensor } } }] }));
}

describe('a constant of a few bytes that claims a quarter of a billion values', () => {
  const large = 2 ** 28;

  it('has exact figures, and is not spelled out', () => {
    const before = process.memoryUsage.rss();
    const { constant: figures } = nodeDetails(constant([large], [5, NaN, 1]), 'c');
    expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 28);
    expect(figures).toMatchObject({ count: large, smallest: 1, largest: 5, zeros: 0, notFinite: 1 });
    expect(figures?.mean).toBeCloseTo(1 + 4 / large, 12);
    expect(figures?.histogram).toEqual([large - 2, ...Array<number>(38).fill(0), 1]);
  });

  it('is compared with another', () => {
    expect(differenceOfGraphs(constant([large], [5, 1]), constant([large], [5, 1, 1])).changed).toEqual([]);
    expect(differenceOfGraphs(constant([large], [5, 1]), constant([large], [5, 2])).changed[0].changes).toEqual(['268,435,455 of 268,435,456 values differ, by up to 1.00']);
  });

  it('of a size beyond all counting has no figures', () => {
    expect(nodeDetails(constant([2 ** 40, 2 ** 40], [1]), 'c').constant).toBeUndefined();
  });
});

it('the deviation of a constant is that of all of its values', () => {
  expect(nodeDetails(constant([4], [2, 4, 4, 6]), 'c').constant).toMatchObject({ mean: 4, deviation: Math.sqrt(2), zeros: 0 });
  expect(nodeDetails(constant([2], [Number.MAX_VALUE, -Number.MAX_VALUE]), 'c').constant).toMatchObject({ mean: 0, deviation: Number.MAX_VALUE });
});
