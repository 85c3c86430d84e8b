import { attachToCluster, resumeOnCluster, stopOnCluster, trainOnCluster } from '../../core/cluster/index.js';
import type { Handler } from './handler.js';
import { controlled } from './training.js';

export const clusterTrain: Handler<'clusterTrain'> = (parameters, context, controls) =>
  controlled(context, controls, (watched) => trainOnCluster(parameters, watched));

export const clusterResume: Handler<'clusterResume'> = (parameters, context, controls) =>
  controlled(context, controls, (watched) => resumeOnCluster(parameters, watched));

export const clusterAttach: Handler<'clusterAttach'> = (parameters, context, controls) =>
  controlled(context, controls, (watched) => attachToCluster(parameters, watched));

export const clusterStop: Handler<'clusterStop'> = (parameters, context, controls) =>
  controlled(context, controls, (watched) => stopOnCluster(parameters, watched));
