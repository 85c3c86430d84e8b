import { describe, expect, it } from 'vitest';
import { batchRanges } from '../../../../src/shared/labs/activations/batches.js';

describe('the batches of an epoch', () => {
  it('hold every picture once, and never one alone but where all are', () => {
    expect(batchRanges(10, 4)).toEqual([[0, 4], [4, 8], [8, 10]]);
    expect(batchRanges(8, 4)).toEqual([[0, 4], [4, 8]]);
    expect(batchRanges(9, 4)).toEqual([[0, 4], [4, 9]]);
    expect(batchRanges(3, 4)).toEqual([[0, 3]]);
    expect(batchRanges(1, 4)).toEqual([[0, 1]]);
    expect(batchRanges(3, 1)).toEqual([[0, 1], [1, 2], [2, 3]]);
  });
});
