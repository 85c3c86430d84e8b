/** Why an experiment cannot be run as it is set, before anything is begun: a sentence, undefined where it can. */
import type { RegularizationConfig } from './config.js';

type Data = RegularizationConfig['data'];

/** Of an experiment and of a sweep. */
export function pointsObstacle({ kind, file }: Pick<Data, 'kind' | 'file'>): string | undefined {
  return kind === 'csv' && file === null ? 'The points are to come from a file of your own, but none is named: choose a CSV file of x,y (data.file).' : undefined;
}

/** Of the comparison of losses under outliers. */
export function outliersObstacle({ kind, outliers, distance }: Pick<Data, 'kind' | 'outliers' | 'distance'>): string | undefined {
  if (kind === 'csv') return 'Which points of your own file are outliers is not known: compare losses and penalties on the built-in line (data.kind=line).';
  return outliers === 0 || distance === 0 ? 'The points have no outliers to compare with: set their number (data.outliers) and how far they lie (data.distance) to something else than 0.' : undefined;
}

/** Of a drawn line a file counts for nothing, and needs no leave. */
export function withoutIdleFile<C extends { data: Data }>(config: C): C {
  return config.data.kind === 'line' ? { ...config, data: { ...config.data, file: null } } : config;
}
