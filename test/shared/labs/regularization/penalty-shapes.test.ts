import { describe, expect, it } from 'vitest';
import { bowlContour, bowlValue, DRAWN_BOWL, LARGEST_LAMBDA, meetingPath, meetingPoint, shapeContour, shapeValue, zeroFrom } from '../../../../src/shared/labs/regularization/penalty-shapes.js';

describe('the picture of penalty and loss', () => {
  it('has contours on which the value is the one asked for', () => {
    for (const mix of [0, 0.4, 1]) for (const [w1, w2] of shapeContour(1.3, mix)) expect(shapeValue(w1, w2, mix)).toBeCloseTo(1.3, 10);
    for (const [w1, w2] of bowlContour(DRAWN_BOWL, 0.7)) expect(bowlValue(DRAWN_BOWL, w1, w2)).toBeCloseTo(0.7, 10);
  });

  it('puts the meeting point where no place near it is lower', () => {
    for (const lambda of [0, 0.1, 0.5, 1, 3]) {
      for (const mix of [0, 0.5, 1]) {
        const [w1, w2] = meetingPoint(DRAWN_BOWL, lambda, mix);
        const cost = (a: number, b: number) => bowlValue(DRAWN_BOWL, a, b) + lambda * shapeValue(a, b, mix);
        for (const [d1, d2] of [[1e-3, 0], [-1e-3, 0], [0, 1e-3], [0, -1e-3], [1e-3, 1e-3], [1e-3, -1e-3]]) {
          expect(cost(w1 + d1, w2 + d2)).toBeGreaterThanOrEqual(cost(w1, w2));
        }
      }
    }
  });

  it('is at the lowest loss without a penalty, in a corner of the diamond under L1, and never there under L2', () => {
    meetingPoint(DRAWN_BOWL, 0, 1).forEach((w, k) => expect(w).toBeCloseTo(DRAWN_BOWL.centre[k], 12));
    const [w1, w2] = meetingPoint(DRAWN_BOWL, 1, 1);
    expect(w1).toBe(0);
    expect(w2).toBeGreaterThan(0);
    expect(meetingPoint(DRAWN_BOWL, 1, 0).every((w) => w > 0)).toBe(true);
    expect(meetingPoint(DRAWN_BOWL, 10, 1)).toEqual([0, 0]);
  });

  it('has exact zeros from the lambda on that the conditions of the lowest place name, and never without a share of L1', () => {
    const { a11, a22, a12, centre: [c1, c2] } = DRAWN_BOWL;
    const [pull1, pull2] = [a11 * c1 + a12 * c2, a22 * c2 + a12 * c1];
    // w1 = 0 while |pull1 - a12 w2| <= lambda with a22 w2 = pull2 - lambda; both while lambda is at least both pulls.
    expect(zeroFrom(DRAWN_BOWL, 1, 1)).toBeCloseTo((pull1 - (a12 * pull2) / a22) / (1 - a12 / a22), 6);
    expect(zeroFrom(DRAWN_BOWL, 1, 2)).toBeCloseTo(Math.max(pull1, pull2), 6);
    expect(zeroFrom(DRAWN_BOWL, 0, 1)).toBeUndefined();
  });

  it('follows under L2 the way of ridge regression: (A + 2 lambda I) w = A c', () => {
    const { a11, a22, a12, centre: [c1, c2] } = DRAWN_BOWL;
    const path = meetingPath(DRAWN_BOWL, 0);
    path.forEach(([w1, w2], k) => {
      const ridge = (2 * LARGEST_LAMBDA * k) / (path.length - 1);
      const [p, q, determinant] = [a11 * c1 + a12 * c2, a12 * c1 + a22 * c2, (a11 + ridge) * (a22 + ridge) - a12 * a12];
      expect(w1).toBeCloseTo(((a22 + ridge) * p - a12 * q) / determinant, 10);
      expect(w2).toBeCloseTo(((a11 + ridge) * q - a12 * p) / determinant, 10);
    });
  });
});
