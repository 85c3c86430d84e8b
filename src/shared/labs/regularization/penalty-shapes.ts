/**
 * The picture that explains the penalties: two weights, the penalty's contours, those of a loss, and the point where they meet as lambda
 * moves. The loss is a quadratic bowl: (w - c)ᵀ A (w - c) / 2.
 */

/** A bowl over the plane of two weights. */
export interface Bowl {
  /** Where the loss alone is lowest. */
  centre: readonly [number, number];
  /** Curvatures along w1 and w2, and the mixed one; positive definite. */
  a11: number;
  a22: number;
  a12: number;
}

/** The bowl of the drawing: its valley lies aslant, and the lowest place favours neither weight entirely. */
export const DRAWN_BOWL: Bowl = { centre: [0.6, 1.6], a11: 1, a22: 0.8, a12: 0.35 };

/** m·(|w1| + |w2|) + (1 - m)·(w1² + w2²): the diamond at m = 1, the circle at m = 0, the elastic net between. */
export function shapeValue(w1: number, w2: number, mix: number): number {
  return mix * (Math.abs(w1) + Math.abs(w2)) + (1 - mix) * (w1 * w1 + w2 * w2);
}

/** Loss at a place. */
export function bowlValue({ centre, a11, a22, a12 }: Bowl, w1: number, w2: number): number {
  const [d1, d2] = [w1 - centre[0], w2 - centre[1]];
  return (a11 * d1 * d1 + 2 * a12 * d1 * d2 + a22 * d2 * d2) / 2;
}

/** Rounds of coordinate descent: each solves one weight exactly, and the bowl's is settled long before. */
const ROUNDS = 500;

/** Where loss + lambda · penalty is lowest, by coordinate descent; exact zeros are zero. */
export function meetingPoint({ centre, a11, a22, a12 }: Bowl, lambda: number, mix: number): [w1: number, w2: number] {
  const [l1, l2] = [lambda * mix, 2 * lambda * (1 - mix)];
  let [w1, w2] = centre;
  for (let round = 0; round < ROUNDS; round++) {
    w1 = lowest(a11 * centre[0] - a12 * (w2 - centre[1]), a11, l1, l2);
    w2 = lowest(a22 * centre[1] - a12 * (w1 - centre[0]), a22, l1, l2);
  }
  return [w1, w2];
}

/** argmin over w of curvature·w²/2 - pull·w + l1·|w| + l2·w²/2 */
function lowest(pull: number, curvature: number, l1: number, l2: number): number {
  return (Math.sign(pull) * Math.max(Math.abs(pull) - l1, 0)) / (curvature + l2) || 0;
}

/** Lambda goes up to this in the picture: there L1 has long brought both weights of the drawn bowl to zero. */
export const LARGEST_LAMBDA = 3;
const PATH_STEPS = 60;

/** The way of the meeting point as lambda grows from 0 to the largest. */
export function meetingPath(bowl: Bowl, mix: number): Contour {
  return Array.from({ length: PATH_STEPS + 1 }, (_, k) => meetingPoint(bowl, (LARGEST_LAMBDA * k) / PATH_STEPS, mix));
}

const HALVINGS = 30;

/**
 * From which lambda on so many of the two weights are exactly zero, by halving; undefined where none up to the largest does it, and always
 * without a share of L1. It holds for bowls whose weights, once zero, stay there: centres in the first quadrant, `a12` not negative.
 */
export function zeroFrom(bowl: Bowl, mix: number, zeros: 1 | 2): number | undefined {
  const reaches = (lambda: number) => meetingPoint(bowl, lambda, mix).filter((w) => w === 0).length >= zeros;
  if (!reaches(LARGEST_LAMBDA)) return undefined;
  let [below, above] = [0, LARGEST_LAMBDA];
  for (let round = 0; round < HALVINGS; round++) {
    const middle = (below + above) / 2;
    if (reaches(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** Points of a contour, closed. */
export type Contour = [w1: number, w2: number][];

const CORNERS = 180;

/** The contour of the penalty through a value; every ray from the origin meets it once. */
export function shapeContour(value: number, mix: number): Contour {
  return around((c, s) => {
    const [linear, square] = [mix * (Math.abs(c) + Math.abs(s)), 1 - mix];
    // square·r² + linear·r = value
    const r = square === 0 ? value / linear : (-linear + Math.sqrt(linear * linear + 4 * square * value)) / (2 * square);
    return [r * c, r * s];
  });
}

/** The contour of the loss through a value: an ellipse. */
export function bowlContour(bowl: Bowl, value: number): Contour {
  const { centre } = bowl;
  return around((c, s) => {
    const r = Math.sqrt(value / bowlValue(bowl, centre[0] + c, centre[1] + s));
    return [centre[0] + r * c, centre[1] + r * s];
  });
}

function around(place: (cosine: number, sine: number) => [number, number]): Contour {
  return Array.from({ length: CORNERS + 1 }, (_, k) => {
    const angle = (2 * Math.PI * (k % CORNERS)) / CORNERS;
    return place(Math.cos(angle), Math.sin(angle));
  });
}
