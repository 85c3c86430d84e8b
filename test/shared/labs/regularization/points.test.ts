import { describe, expect, it } from 'vitest';
import { parsePoints } from '../../../../src/shared/labs/regularization/csv.js';
import { foldsOf, linePoints, scalingOf, splitPoints } from '../../../../src/shared/labs/regularization/data.js';
import { REGULARIZATION_PRESETS } from '../../../../src/shared/labs/regularization/presets.js';
import { Random } from '../../../../src/shared/random.js';

const { data } = REGULARIZATION_PRESETS.post.config;

describe("the post's points", () => {
  it('are 50 of y = 2x + noise below 2, ten of them lifted by one number below 10', () => {
    const { x, y, outliers } = linePoints(data, new Random(1, 'points', 0));
    const clean = linePoints({ ...data, outliers: 0 }, new Random(1, 'points', 0));
    expect([x.length, x[0], x[49]]).toEqual([50, 0.5, 9.5]);
    expect(outliers).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
    clean.y.forEach((value, k) => {
      expect(value - 2 * x[k]).toBeGreaterThanOrEqual(0);
      expect(value - 2 * x[k]).toBeLessThan(2);
    });
    const lifts = y.map((value, k) => value - clean.y[k]);
    expect(new Set(outliers.map((k) => lifts[k].toFixed(9))).size).toBe(1);
    expect(lifts[0]).toBeGreaterThan(0);
    expect(lifts[0]).toBeLessThan(10);
    expect(lifts.filter((lift) => lift !== 0).length).toBe(10);
  });

  it('are divided 40 to 10, every point on one side', () => {
    const { training, test } = splitPoints(50, data.testShare, new Random(1));
    expect([training.length, test.length]).toEqual([40, 10]);
    expect([...training, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, k) => k));
  });

  it('are each tested once in folds', () => {
    const folds = foldsOf(23, 5, new Random(1));
    expect(folds.map(({ test }) => test.length).sort()).toEqual([4, 4, 5, 5, 5]);
    expect(folds.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, k) => k));
    for (const { training, test } of folds) expect(training.filter((k) => test.includes(k))).toEqual([]);
  });
});

describe('a file of points', () => {
  it('is read with names or without, with commas, semicolons or tabs', () => {
    const wanted = { x: Float64Array.of(1, 2, 3, 4, 5.5), y: Float64Array.of(2, 4, 6, 8, -11) };
    expect(parsePoints('x,y\n1,2\n2,4\n3,6\n4,8\n5.5,-11\n', 'a.csv')).toEqual(wanted);
    expect(parsePoints('\uFEFF1;2\r\n2;4\r\n\r\n3;6\r\n4;8\r\n5,5;-11', 'a.csv')).toEqual(wanted);
    expect(parsePoints('"1"\t2\n2\t4\n3\t6\n4\t8\n5.5\t-11', 'a.csv')).toEqual(wanted);
  });

  it('is refused with a sentence that names the line', () => {
    expect(() => parsePoints('x,y\n1,2\n2,four\n', 'a.csv')).toThrow('a.csv, line 3: "2,four" is not a pair of numbers x,y.');
    expect(() => parsePoints('1,2\n2,4,6\n', 'a.csv')).toThrow('a.csv, line 2: "2,4,6" is not a pair of numbers x,y.');
    expect(() => parsePoints('x,y\n1,2\n', 'a.csv')).toThrow('a.csv holds 1 points; at least 5 lines of x,y are needed.');
    expect(() => parsePoints('', 'a.csv')).toThrow('at least 5 lines');
  });

  it('is scaled to mean 0 and spread 1; equal values stay apart from a division by zero', () => {
    expect(scalingOf([1, 3])).toEqual({ mean: 2, spread: 1 });
    expect(scalingOf([7, 7])).toEqual({ mean: 7, spread: 1 });
  });
});
