/** What a training ran on, in a few facts that say nothing of whose it is. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Machine } from '../../shared/run/files.js';

export function thisMachine(): Machine {
  return {
    system: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() || process.arch,
    threads: availableParallelism(),
    memory: totalmem(),
  };
}
