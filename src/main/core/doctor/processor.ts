import { availableParallelism, cpus } from 'node:os';
import type { ProcessorFacts } from '../../../shared/doctor/report.js';
import { processorFlags } from '../processor.js';
import { readTextIfThere } from './text-file.js';

/** Flags of /proc/cpuinfo by the names that people know, oldest first. */
const INSTRUCTION_SETS: readonly (readonly [flag: string, name: string])[] = [
  ['sse4_2', 'SSE4.2'],
  ['avx', 'AVX'],
  ['avx2', 'AVX2'],
  ['fma', 'FMA'],
  ['avx512f', 'AVX512F'],
  ['avx_vnni', 'AVX-VNNI'],
  ['avx512_vnni', 'AVX512-VNNI'],
  ['avx512_bf16', 'AVX512-BF16'],
  ['amx_tile', 'AMX'],
];

export async function examineProcessor(): Promise<ProcessorFacts> {
  const quota = parseQuota(await readTextIfThere('/sys/fs/cgroup/cpu.max'));
  return {
    model: cpus()[0]?.model.trim() || process.arch,
    instructionSets: parseInstructionSets(await readTextIfThere('/proc/cpuinfo')),
    threads: availableParallelism(),
    ...(quota !== undefined && { quota }),
  };
}

/** @param cpuinfo Text of /proc/cpuinfo; elsewhere than on Linux there is none, and nothing is told. */
export function parseInstructionSets(cpuinfo = ''): string[] {
  const flags = new Set(processorFlags(cpuinfo));
  return INSTRUCTION_SETS.filter(([flag]) => flags.has(flag)).map(([, name]) => name);
}

/**
 * @param cpuMax Text of a container's cpu.max: `200000 100000` (microseconds in each period) or `max 100000`.
 * @returns Processors' worth of time; undefined where nothing limits it.
 */
export function parseQuota(cpuMax = ''): number | undefined {
  const [granted, period] = cpuMax.trim().split(/\s+/).map(Number);
  return granted > 0 && period > 0 ? granted / period : undefined;
}
