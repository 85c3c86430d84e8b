/** The points of an experiment, drawn or read, scaled for the network and divided into training and test. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PointSet } from '../../../../shared/labs/files.js';
import type { RegularizationConfig } from '../../../../shared/labs/regularization/config.js';
import { parsePoints, PointsError } from '../../../../shared/labs/regularization/csv.js';
import { linePoints, scalingOf, splitPoints, UNSCALED, type PointSplit, type Points } from '../../../../shared/labs/regularization/data.js';
import { Random } from '../../../../shared/random.js';
import { UserError } from '../../errors.js';

/**
 * The points of each run: one set for all, or a set a run where they are redrawn.
 * @throws UserError when the person's file cannot be read or holds no points.
 */
export async function pointSets(config: RegularizationConfig): Promise<PointSet[]> {
  const { seed, data, runs } = config;
  const own = data.kind === 'csv' ? await readPoints(data.file) : undefined;
  return Array.from({ length: data.redrawn ? runs : 1 }, (_, run) => {
    const points = own ?? linePoints(data, new Random(seed, 'points', run));
    return pointSet(points, splitPoints(points.x.length, data.testShare, new Random(seed, 'split', run)), own !== undefined);
  });
}

/** Points and their division as they are kept. @param scaled Whether the network sees them at mean 0 and spread 1. */
export function pointSet({ x, y, outliers }: Points, { training, test }: PointSplit, scaled: boolean): PointSet {
  const scalingBy = (values: Float64Array) => (scaled ? scalingOf(training.map((k) => values[k])) : { ...UNSCALED });
  return {
    x: [...x], y: [...y], outliers: [...outliers], training: [...training], test: [...test],
    scaling: { x: scalingBy(x), y: scalingBy(y) },
  };
}

/** The points of a file. @throws UserError */
export async function readPoints(file: string | null): Promise<Points> {
  if (file === null) throw new UserError('data.kind is csv, but no file is named: set data.file to a CSV file of x,y.');
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read (${cause.code ?? cause.message}). Check the path.`, { cause });
  });
  try {
    return { ...parsePoints(text, basename(file)), outliers: [] };
  } catch (error) {
    throw error instanceof PointsError ? new UserError(error.message, { cause: error }) : error;
  }
}
