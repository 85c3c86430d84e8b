/** The points of an experiment, drawn or read, scaled for the network and divided into training and test. */
import { basename } from 'node:path';
import type { PointSet } from '../../../../shared/labs/files.js';
import type { RegularizationConfig } from '../../../../shared/labs/regularization/config.js';
import { parsePoints, PointsError } from '../../../../shared/labs/regularization/csv.js';
import { linePoints, scalingOf, splitPoints, UNSCALED, type PointSplit, type Points } from '../../../../shared/labs/regularization/data.js';
import { pointsObstacle } from '../../../../shared/labs/regularization/obstacles.js';
import { Random } from '../../../../shared/random.js';
import { boundedText } from '../../bounded-text.js';
import { UserError } from '../../errors.js';

/**
 * The points of each run: one set for all, or a set a run where they are redrawn.
 * @throws UserError when the person's file cannot be read or holds no points.
 */
export async function pointSets(config: RegularizationConfig): Promise<PointSet[]> {
  const { seed, data, runs } = config;
  const own = data.kind === 'csv' ? await readPoints(data) : undefined;
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

/** Of a file of points: 2,000 lines of two long numbers are a twentieth of it. */
const MOST_BYTES = 4 * 2 ** 20;

/** The points of a person's file. @throws UserError when none is named, or it cannot be read or holds no points. */
export async function readPoints(data: Pick<RegularizationConfig['data'], 'kind' | 'file'>): Promise<Points> {
  const obstacle = pointsObstacle(data);
  if (obstacle !== undefined) throw new UserError(obstacle);
  const file = data.file!;
  const text = await boundedText(file, MOST_BYTES).catch((cause: NodeJS.ErrnoException) => {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${file} cannot be read (${cause.code ?? cause.message}). Check the path.`, { cause });
  });
  try {
    return { ...parsePoints(text, basename(file)), outliers: [] };
  } catch (error) {
    throw error instanceof PointsError ? new UserError(error.message, { cause: error }) : error;
  }
}
