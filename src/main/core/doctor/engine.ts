import { join } from 'node:path';
import type { EngineAnswer } from './engine-child.js';
import { askProgram, type ProgramEnd } from './program.js';
import { ENGINE_VARIABLE, gpuAddon, type EngineKind } from '../graph/index.js';
import type { EngineFacts } from '../../../shared/doctor/report.js';

const SECONDS_TO_ANSWER = 120;

/**
 * Loads the engine in a process of its own and has it compute.
 * @param folder The program's folder, built.
 * @param kind Which engine, whatever the environment chooses.
 */
export async function examineEngine(folder: string, kind: EngineKind = 'cpu'): Promise<EngineFacts> {
  const child = join(folder, 'out', 'main', 'core', 'doctor', 'engine-child.js');
  // Asked to be verbose, oneDNN tells the instructions it chose and each of its kernels that runs, TensorFlow the devices it found.
  const end = await askProgram(process.execPath, [child], SECONDS_TO_ANSWER, { ...process.env, ONEDNN_VERBOSE: '1', TF_CPP_MIN_LOG_LEVEL: '0', [ENGINE_VARIABLE]: kind });
  return end ? readEngineEnd(end) : { fault: 'Node.js could not be started' };
}

/** The same of the engine for GPUs; undefined where none was set up. */
export async function examineGpuEngine(folder: string): Promise<EngineFacts | undefined> {
  try {
    return gpuAddon(folder) === undefined ? undefined : await examineEngine(folder, 'gpu');
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

/** What the end of the engine's process tells. */
export function readEngineEnd({ code, signal, stdout, stderr }: ProgramEnd): EngineFacts {
  const kernels = /^onednn_verbose,info,cpu,isa:(.+)$/m.exec(stdout)?.[1];
  const answer = /^\{.*\}$/m.exec(stdout)?.[0];
  const oneDnn = /^onednn_verbose,exec,cpu,convolution,/m.test(stdout);
  if (code === 0 && answer) {
    const { gpu, ...versions } = JSON.parse(answer) as EngineAnswer;
    return { ...versions, ...(kernels && { kernels }), oneDnn, ...devicesIn(stderr, gpu) };
  }
  if (signal === 'SIGKILL') return { fault: `it did not answer within ${SECONDS_TO_ANSWER} seconds, or memory ran out` };
  if (signal) return { fault: `it crashed (${signal})` };
  return { fault: /^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? `it ended with exit code ${code}` };
}

/** TensorFlow names each card when it takes it, and why it takes none. */
function devicesIn(log: string, gpu: boolean): Pick<EngineFacts, 'devices' | 'withoutGpu'> {
  const cards = [...log.matchAll(/Created device \S*device:(GPU:\d+) with (\d+) MB memory: .*?name: ([^,]+),.*compute capability: ([\d.]+)/g)];
  const named = cards.map(([, place, megabytes, name, capability]) => `${place} ${name}, ${megabytes} MB, compute capability ${capability}`);
  if (gpu) return { devices: [...new Set(named.length > 0 ? named : ['a GPU without a name'])] };
  const withoutGpu = reasonIn(log);
  return { devices: ['the processor'], ...(withoutGpu && { withoutGpu }) };
}

function reasonIn(log: string): string | undefined {
  const call = /failed call to cuInit: (.+)$/m.exec(log)?.[1];
  if (call) return `the driver refuses (${call})`;
  if (/Cannot dlopen some GPU libraries/.test(log)) return "some of NVIDIA's libraries do not load";
  // So TensorFlow says where the CUDA runtime is not found, whatever is with the driver.
  return /Could not find cuda drivers/.test(log) ? 'TensorFlow does not find the CUDA runtime' : undefined;
}
