import type { JobParameters } from '../../../shared/contract/kinds.js';
import type { FeedSource } from '../../core/graph-running/feeder.js';
import type { RunLimits } from '../../core/graph-running/isolated-graph.js';

/** Feeds by the names of the inputs. */
export function feedSources(feeds: JobParameters<'graphRun'>['feeds']): Map<string, FeedSource> {
  return new Map(feeds.map(({ name, source }) => [name, source]));
}

export function runLimits({ maxSeconds, maxMemory }: { maxSeconds: number; maxMemory: number }): RunLimits {
  return { seconds: maxSeconds, memory: maxMemory * 2 ** 20 };
}
