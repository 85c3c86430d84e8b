/** The cluster's door. */
export { attachToCluster, resumeOnCluster, stopOnCluster, trainOnCluster, type ClusterOptions } from './cluster-training.js';
