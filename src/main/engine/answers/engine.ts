import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { residentMemory } from '../resident-memory.js';
import type { Answers } from './answers.js';

/** @param pids Process numbers of the engine's children, as they are now. */
export function engineAnswers(pids: () => readonly number[]): Answers<'engineStatus'> {
  return {
    engineStatus: async () => ({
      memory: process.memoryUsage.rss() + (await residentMemory(pids())),
      machineMemory: totalmem(),
      processors: availableParallelism(),
      version: version(),
    }),
  };
}

function version(): string {
  const file = new URL('../../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
