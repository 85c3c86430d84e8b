/** What the processor can do, where it tells. */
import { readFileSync } from 'node:fs';

let told: boolean | undefined;

/** Whether the processor multiplies bfloat16 itself (AVX512-BF16 or AMX). Only Linux on x86 tells. */
export function hasBfloat16(): boolean {
  return (told ??= processorFlags(readCpuInfo()).some((flag) => flag === 'avx512_bf16' || flag === 'amx_bf16'));
}

/** @param cpuinfo Text of /proc/cpuinfo; elsewhere than on Linux there is none, and nothing is told. */
export function processorFlags(cpuinfo = ''): string[] {
  return /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1].trim().split(/\s+/) ?? [];
}

function readCpuInfo(): string | undefined {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return undefined;
  }
}
