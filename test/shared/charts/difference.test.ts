import { describe, expect, it } from 'vitest';
import { binSetOf } from '../../../src/shared/colour/bins.js';
import { differenceChart, tileDifferences } from '../../../src/shared/charts/difference.js';

const bin = (row: number, column: number, share: number) => ({ row, column, a: 0, b: 0, share });
/** Tiles of 20 ab units: 11 a side. */
const first = binSetOf(20, [bin(5, 5, 0.8), bin(5, 6, 0.2)]);
const second = binSetOf(20, [bin(5, 5, 0.2), bin(6, 5, 0.8)]);

describe('the difference of two sets', () => {
  it('is the ratio of shares in doublings, tile by tile', () => {
    const [both, ...lone] = tileDifferences({ first, second });
    expect(both).toEqual({ tile: 60, first: 0.8, second: 0.2, doublings: 2 });
    expect(lone.map(({ tile, doublings }) => [tile, doublings])).toEqual([[61, Infinity], [71, -Infinity]]);
  });

  it('is a table with both shares, and no ratio where there is none', () => {
    const { table, name } = differenceChart({ first, second, names: ['All', 'forest'] });
    expect(name).toBe('difference-window-20');
    expect(table.columns).toEqual(['a from', 'b from', 'share in All', 'share in forest', 'log2 of their ratio']);
    expect(table.rows).toEqual([[-10, -10, 0.8, 0.2, 2], [-10, 10, 0.2, 0, null], [10, -10, 0, 0.8, null]]);
  });

  it('is refused at different windows', () => {
    expect(() => tileDifferences({ first, second: binSetOf(10, [bin(5, 5, 0.5), bin(6, 6, 0.5)]) })).toThrow('windows 20 and 10 have no tiles in common');
  });
});
