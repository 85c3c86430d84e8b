import { runRegularization } from '../../core/labs/regularization/experiment.js';
import { filmWeights } from '../../core/labs/regularization/film.js';
import { runOutliers } from '../../core/labs/regularization/outliers.js';
import { shrinkNetwork } from '../../core/labs/regularization/shrink.js';
import { runSweep } from '../../core/labs/regularization/sweep.js';
import type { Handler } from './handler.js';

export const regularization: Handler<'regularization'> = (parameters, context) => runRegularization(parameters, context);

export const shrink: Handler<'shrink'> = (parameters, context) => shrinkNetwork(parameters, context);

export const sweep: Handler<'sweep'> = (parameters, context) => runSweep(parameters, context);

export const outliers: Handler<'outliers'> = (parameters, context) => runOutliers(parameters, context);

export const film: Handler<'film'> = (parameters, context) => filmWeights(parameters, context);
