/**
 * Penalties as the laboratory compares them. L1 and the elastic net come in two forms: by their gradient, as the post has it,
 * and by a proximal step, which alone reaches exact zeros.
 *
 * With lambda λ and mix m: L1 λ·Σ|w|; L2 λ·Σw²/2 (TensorFlow's convention); elastic λ·(m·Σ|w| + (1 - m)·Σw²/2).
 */
export const PENALTY_KINDS = ['none', 'l1', 'l2', 'elastic', 'l1-proximal', 'elastic-proximal'] as const;
export type PenaltyKind = (typeof PENALTY_KINDS)[number];

export const PENALTY_NAMES: Record<PenaltyKind, string> = {
  none: 'No penalty',
  l1: 'L1',
  l2: 'L2',
  elastic: 'Elastic net',
  'l1-proximal': 'L1, proximal',
  'elastic-proximal': 'Elastic net, proximal',
};

/** Why the gradient of L1 stops short of zero, for the window and the guide. */
export const WHY_PROXIMAL =
  'The gradient of |w| has one size however small w is: near zero each step overshoots, and the weight swings around zero without ever resting there. ' +
  'A proximal step pulls the weight towards zero by rate times lambda after each step on the loss, and stops at zero when it gets there.';

/** What a penalty asks of a training: parts added to the loss, and parts applied after each step. */
export interface PenaltyStrengths {
  /** Added to the loss: l1·Σ|w| + l2·Σw²/2. */
  gradient: { l1: number; l2: number };
  /** Applied by a proximal step. */
  proximal: { l1: number; l2: number };
}

const NOTHING = { l1: 0, l2: 0 } as const;

/** The parts of a penalty. @param mix Share of L1 in an elastic net. */
export function penaltyStrengths(kind: PenaltyKind, lambda: number, mix: number): PenaltyStrengths {
  const parts = partsOf(kind, lambda, mix);
  return kind.endsWith('-proximal') ? { gradient: NOTHING, proximal: parts } : { gradient: parts, proximal: NOTHING };
}

function partsOf(kind: PenaltyKind, lambda: number, mix: number): { l1: number; l2: number } {
  switch (kind) {
    case 'none':
      return NOTHING;
    case 'l1':
    case 'l1-proximal':
      return { l1: lambda, l2: 0 };
    case 'l2':
      return { l1: 0, l2: lambda };
    case 'elastic':
    case 'elastic-proximal':
      return { l1: lambda * mix, l2: lambda * (1 - mix) };
  }
}

/** l1·|w| + l2·w²/2 summed over weights: what a training pays for them, in either form. */
export function penaltyOf(weights: Iterable<number>, { gradient, proximal }: PenaltyStrengths): number {
  const [l1, l2] = [gradient.l1 + proximal.l1, gradient.l2 + proximal.l2];
  let cost = 0;
  for (const w of weights) cost += l1 * Math.abs(w) + (l2 * w * w) / 2;
  return cost;
}

/**
 * Where a proximal step brings a weight: the u that minimizes (u - w)²/2 + rate·(l1·|u| + l2·u²/2), in closed form
 * (Parikh and Boyd 2014, 6.5.2: soft threshold, then shrinkage).
 */
export function proximalPoint(w: number, rate: number, { l1, l2 }: { l1: number; l2: number }): number {
  return (Math.sign(w) * Math.max(Math.abs(w) - rate * l1, 0)) / (1 + rate * l2);
}
