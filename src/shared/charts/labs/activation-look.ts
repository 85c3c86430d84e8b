import type { ActivationKind } from '../../labs/activations/functions.js';
import type { ChartTheme } from '../theme.js';
import { seriesLook, type SeriesLook } from './series-look.js';

/** Those that are compared most often get the looks that are told apart best. */
const PLACES: readonly ActivationKind[] = [
  'relu', 'rrelu', 'lrelu', 'prelu', 'prelu-channel', 'elu', 'lrelu-100', 'rrelu-slope', 'selu', 'gelu', 'silu', 'tanh', 'none',
];

/** An activation looks the same in every chart. */
export function activationLook(kind: ActivationKind, theme: ChartTheme): SeriesLook {
  return seriesLook(PLACES.indexOf(kind), theme);
}
