/**
 * The activations of the laboratory: what they compute of one value in training and in test, with their derivatives.
 *
 * The negative side of the leaky family is written as Xu et al. 2015 have it, x / a. PReLU's slope is learnt and starts at 0.25 (He et al.
 * 2015).
 */
export const ACTIVATION_KINDS = [
  'relu', 'lrelu-100', 'lrelu', 'prelu', 'prelu-channel', 'elu', 'rrelu', 'rrelu-slope', 'selu', 'gelu', 'silu', 'tanh', 'none',
] as const;
export type ActivationKind = (typeof ACTIVATION_KINDS)[number];

export const ACTIVATION_NAMES: Record<ActivationKind, string> = {
  relu: 'ReLU',
  'lrelu-100': 'LReLU, a = 100',
  lrelu: 'LReLU, a = 5.5',
  prelu: 'PReLU, a slope a layer',
  'prelu-channel': 'PReLU, a slope a channel',
  elu: 'ELU',
  rrelu: 'RReLU, x / a, a from U(3, 8)',
  'rrelu-slope': 'RReLU, slope from U(1/8, 1/3)',
  selu: 'SELU',
  gelu: 'GELU',
  silu: 'SiLU',
  tanh: 'tanh',
  none: 'None',
};

/** What each does to an input, for people: both sides of zero, and who described it. */
export const ACTIVATION_FORMULAS: Record<ActivationKind, string> = {
  relu: 'x above zero, 0 below.',
  'lrelu-100': 'x above zero, x / 100 below (Maas et al. 2013).',
  lrelu: 'x above zero, x / 5.5 below (Xu et al. 2015).',
  prelu: 'x above zero, s x below; each layer learns its s, from 0.25 on (He et al. 2015).',
  'prelu-channel': 'x above zero, s x below; each unit or channel learns its s, from 0.25 on (He et al. 2015).',
  elu: 'x above zero, eˣ − 1 below (Clevert et al. 2016).',
  rrelu: 'x above zero, x / a below: in training a is drawn from U(3, 8) for each element and step, in test it is 5.5 (Xu et al. 2015).',
  'rrelu-slope': 'x above zero, s x below: in training s is drawn from U(1/8, 1/3) for each element and step, in test it is their middle, 0.229.',
  selu: '1.0507 x above zero, 1.7581 (eˣ − 1) below (Klambauer et al. 2017).',
  gelu: 'x times the share of the normal distribution below x (Hendrycks and Gimpel 2016).',
  silu: 'x times the logistic function of x (Elfwing et al. 2017).',
  tanh: 'The hyperbolic tangent: from −1 to 1.',
  none: 'x as it is: the network stays linear.',
};

/** RReLU draws a between these in training (Xu et al. 2015) and takes their mean in test. */
export const RRELU = { low: 3, high: 8, test: 5.5 } as const;
/** The form that draws the slope itself. */
export const RRELU_SLOPE = { low: 1 / 8, high: 1 / 3, test: (1 / 8 + 1 / 3) / 2 } as const;
/** LReLU's a. */
export const LEAKS = { 'lrelu-100': 100, lrelu: 5.5 } as const;
/** First slope of PReLU. */
export const PRELU_START = 0.25;

/** Mean of 1/a over a in U(3, 8): ln(8/3) / 5. It is not the test slope, 1 / 5.5. */
export const RRELU_MEAN_SLOPE = Math.log(RRELU.high / RRELU.low) / (RRELU.high - RRELU.low);

/** The fact that surprises, for windows and the guide. */
export const RRELU_FACT =
  `In training RReLU's slope is ${RRELU_MEAN_SLOPE.toFixed(3)} on average (ln(8/3)/5), in test it is ${(1 / RRELU.test).toFixed(3)} (1/5.5): ` +
  'the mean of 1/a is not 1 over the mean of a. The paper chose the latter.';

/** SELU's constants (Klambauer et al. 2017). */
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

/** Value and slope at x. */
export interface Response {
  value: number;
  slope: number;
}

function rectified(x: number, negativeSlope: number): Response {
  return x > 0 ? { value: x, slope: 1 } : { value: negativeSlope * x || 0, slope: negativeSlope };
}

/** e^x - 1 below zero, times alpha. */
function exponentialUnit(x: number, alpha: number, scale: number): Response {
  return x > 0 ? { value: scale * x, slope: scale } : { value: scale * alpha * Math.expm1(x), slope: scale * alpha * Math.exp(x) };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Share of the standard normal distribution below x, to 1e-7 (Abramowitz and Stegun 7.1.26, on erfc). */
function normalShare(x: number): number {
  const z = Math.abs(x) * Math.SQRT1_2;
  const t = 1 / (1 + 0.3275911 * z);
  const tail = 0.5 * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-z * z);
  return x > 0 ? 1 - tail : tail;
}

/** What each activation gives in test; for PReLU with its first slope. */
const RESPONSES: Record<ActivationKind, (x: number) => Response> = {
  relu: (x) => rectified(x, 0),
  'lrelu-100': (x) => rectified(x, 1 / LEAKS['lrelu-100']),
  lrelu: (x) => rectified(x, 1 / LEAKS.lrelu),
  prelu: (x) => rectified(x, PRELU_START),
  'prelu-channel': (x) => rectified(x, PRELU_START),
  elu: (x) => exponentialUnit(x, 1, 1),
  rrelu: (x) => rectified(x, 1 / RRELU.test),
  'rrelu-slope': (x) => rectified(x, RRELU_SLOPE.test),
  selu: (x) => exponentialUnit(x, SELU.alpha, SELU.scale),
  gelu: (x) => {
    const share = normalShare(x);
    return { value: x * share, slope: share + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI) };
  },
  silu: (x) => {
    const s = sigmoid(x);
    return { value: x * s, slope: s * (1 + x * (1 - s)) };
  },
  tanh: (x) => ({ value: Math.tanh(x), slope: 1 - Math.tanh(x) ** 2 }),
  none: (x) => ({ value: x, slope: 1 }),
};

/** Value and slope in test. */
export function responseAt(kind: ActivationKind, x: number): Response {
  return RESPONSES[kind](x);
}

/** Lowest and highest slope of the negative side in training, where it is drawn at random. */
export function slopeBand(kind: ActivationKind): readonly [low: number, high: number] | undefined {
  if (kind === 'rrelu') return [1 / RRELU.high, 1 / RRELU.low];
  return kind === 'rrelu-slope' ? [RRELU_SLOPE.low, RRELU_SLOPE.high] : undefined;
}
