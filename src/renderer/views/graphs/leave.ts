import type { JobInput } from '../../../shared/contract/kinds.js';

/** What a graph may do and take while it runs. */
export interface Leave extends Required<Pick<JobInput<'graphRun'>, 'maxSeconds' | 'maxMemory'>> {
  /** Operations that may run beside those that only compute. */
  allow: string[];
}

/** As the command line has it. */
export function usualLeave(): Leave {
  return { allow: [], maxSeconds: 600, maxMemory: 4096 };
}
