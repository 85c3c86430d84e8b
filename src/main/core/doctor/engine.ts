import { join } from 'node:path';
import type { EngineAnswer } from './engine-child.js';
import { askProgram, type ProgramEnd } from './program.js';
import type { EngineFacts } from '../../../shared/doctor/report.js';

const SECONDS_TO_ANSWER = 120;

/**
 * Loads the engine in a process of its own and has it compute.
 * @param folder The program's folder, built.
 */
export async function examineEngine(folder: string): Promise<EngineFacts> {
  const child = join(folder, 'out', 'main', 'core', 'doctor', 'engine-child.js');
  // Asked to be verbose, oneDNN tells the instructions it chose and each of its kernels that runs.
  const end = await askProgram(process.execPath, [child], SECONDS_TO_ANSWER, { ...process.env, ONEDNN_VERBOSE: '1' });
  return end ? readEngineEnd(end) : { fault: 'Node.js could not be started' };
}

/** What the end of the engine's process tells. */
export function readEngineEnd({ code, signal, stdout, stderr }: ProgramEnd): EngineFacts {
  const kernels = /^onednn_verbose,info,cpu,isa:(.+)$/m.exec(stdout)?.[1];
  const answer = /^\{.*\}$/m.exec(stdout)?.[0];
  const oneDnn = /^onednn_verbose,exec,cpu,convolution,/m.test(stdout);
  if (code === 0 && answer) return { ...(JSON.parse(answer) as EngineAnswer), ...(kernels && { kernels }), oneDnn };
  if (signal === 'SIGKILL') return { fault: `it did not answer within ${SECONDS_TO_ANSWER} seconds, or memory ran out` };
  if (signal) return { fault: `it crashed (${signal})` };
  return { fault: /^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? `it ended with exit code ${code}` };
}
