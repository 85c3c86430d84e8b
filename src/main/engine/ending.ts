/** How a process left: one of the two is null, both of a process that could not be started. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const OUT_OF_MEMORY = /heap out of memory|bad_alloc|OOM when allocating|Cannot allocate memory|failed to allocate/i;

/** Why a job's process ended without a report, as a sentence for the person who waited for it. */
export function sentenceOfEnding(exit: Exit, log: string): string {
  if (OUT_OF_MEMORY.test(log)) {
    return 'The job ran out of memory. Close other programs, or choose smaller settings (batch, patch, width).';
  }
  if (exit.signal === 'SIGKILL') {
    return 'The job was killed from outside (SIGKILL), most often by the system because memory ran out.';
  }
  if (exit.signal === 'SIGTERM') return 'The job was ended from outside (SIGTERM).';
  if (exit.signal === 'SIGILL') {
    return 'The job met an instruction that this processor does not have (SIGILL); `chromabench doctor` says what it offers.';
  }
  if (exit.signal) return `The job crashed in native code (${exit.signal}).`;
  if (exit.code === null) return `The job could not be started (${log.trim() || 'the system does not say why'}). Close other programs, and try again.`;
  return `The job ended without a result (exit code ${exit.code}).`;
}
