import { describe, expect, it } from 'vitest';
import { bowlContour, bowlValue, DRAWN_BOWL, meetingPoint, shapeContour, shapeValue } from '../../../../src/shared/labs/regularization/penalty-shapes.js';

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
});
