/** What the picture of penalty and loss shows, in sentences computed from it. */
import { decimal } from '../../words/words.js';
import { DRAWN_BOWL, LARGEST_LAMBDA, zeroFrom } from './penalty-shapes.js';

/** From which lambda on each penalty holds weights at exactly zero. @param mix Share of L1 in the elastic net. */
export function shapesSentences(mix: number): string[] {
  return [
    `L1: ${zerosOf(1)}. The point slides into a corner of the diamond, and a corner lies on an axis.`,
    `L2: ${zerosOf(0)}. The circle has no corners: both weights only become smaller.`,
    ...(mix > 0 && mix < 1 ? [`Elastic net: ${zerosOf(mix)}.`] : []),
  ];
}

function zerosOf(mix: number): string {
  const [one, both] = [zeroFrom(DRAWN_BOWL, mix, 1), zeroFrom(DRAWN_BOWL, mix, 2)];
  if (one === undefined) return `no weight is exactly zero at any lambda up to ${LARGEST_LAMBDA}`;
  return `one weight is exactly zero from lambda ${decimal(one, 2)} on, ${both === undefined ? 'the other never is here' : `both from ${decimal(both, 2)} on`}`;
}
