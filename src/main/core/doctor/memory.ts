import { freemem, totalmem } from 'node:os';
import type { MemoryFacts } from '../../../shared/doctor/report.js';
import { readTextIfThere } from './text-file.js';

export async function examineMemory(): Promise<MemoryFacts> {
  const limit = parseLimit(await readTextIfThere('/sys/fs/cgroup/memory.max'), totalmem());
  return {
    total: totalmem(),
    // What the system keeps of files it gives back at once; freemem() does not count that.
    available: parseAvailable(await readTextIfThere('/proc/meminfo')) ?? freemem(),
    ...(limit !== undefined && { limit }),
  };
}

/** @param meminfo Text of /proc/meminfo. @returns Bytes. */
export function parseAvailable(meminfo = ''): number | undefined {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/**
 * @param memoryMax Text of a container's memory.max: bytes or `max`.
 * @param total Bytes of the machine; a limit above it is none.
 */
export function parseLimit(memoryMax = '', total: number): number | undefined {
  const limit = Number(memoryMax.trim() || Number.NaN);
  return limit < total ? limit : undefined;
}
