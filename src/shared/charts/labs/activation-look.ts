import { ACTIVATION_KINDS, type ActivationKind } from '../../labs/activations/functions.js';
import type { ChartTheme } from '../theme.js';
import { seriesLook, type SeriesLook } from './series-look.js';

/** An activation looks the same in every chart. */
export function activationLook(kind: ActivationKind, theme: ChartTheme): SeriesLook {
  return seriesLook(ACTIVATION_KINDS.indexOf(kind), theme);
}
