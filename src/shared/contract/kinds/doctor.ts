import { z } from 'zod';
import { jobKind } from '../job-kind.js';

const bytes = z.number().nonnegative();

const engine = z.strictObject({
  /** Version of TensorFlow; absent where the engine does not compute. */
  tensorflow: z.string().optional(),
  /** Instructions that the fast kernels chose on this processor. */
  kernels: z.string().optional(),
  /** Whether convolutions run in oneDNN's own kernels; TensorFlow decides by the processor, TF_ENABLE_ONEDNN_OPTS decides over it. */
  oneDnn: z.boolean().optional(),
  /** Version of the image library, which loads in the same process. */
  sharp: z.string().optional(),
  secondsToLoad: z.number().optional(),
  /** What TensorFlow computes on: the processor, or each GPU with its name and memory. */
  devices: z.array(z.string()).optional(),
  /** Why TensorFlow takes no GPU, as far as it says so. */
  withoutGpu: z.string().optional(),
  /** Why the engine or the image library does not work. */
  fault: z.string().optional(),
});

/**
 * Examines what the program depends on, each problem with its cure. All sizes in bytes. The doctor's own types are read
 * from this schema, and a field that it does not name is refused: nothing found out gets lost on the way.
 */
export const doctor = jobKind({
  parameters: z.strictObject({}),
  result: z.strictObject({
    program: z.strictObject({ version: z.string(), folder: z.string(), node: z.string(), platform: z.string(), missingPackages: z.array(z.string()) }),
    engine,
    /** The engine for NVIDIA's GPUs; absent where none was set up. */
    gpuEngine: engine.optional(),
    /** Which of the two the program was started with. */
    chosenEngine: z.enum(['cpu', 'gpu']),
    processor: z.strictObject({
      model: z.string(),
      /** Instruction sets that matter to the engine, of those that the processor offers. */
      instructionSets: z.array(z.string()),
      /** Threads that the engine computes with: the processors this process may run on. */
      threads: z.int().positive(),
      /** Processors' worth of time that a container grants; absent where nothing limits it. */
      quota: z.number().optional(),
    }),
    memory: z.strictObject({
      total: bytes,
      available: bytes,
      /** What a container grants; absent where nothing limits it. */
      limit: bytes.optional(),
    }),
    /** Names of NVIDIA's graphics processors, as their driver tells them. */
    gpus: z.array(z.string()),
    electron: z.strictObject({ version: z.string().optional() }),
    browser: z.strictObject({ path: z.string().optional(), version: z.string().optional() }),
    /** Absent where windows cannot be shown. */
    display: z.string().optional(),
    cache: z.strictObject({
      folder: z.string(),
      writable: z.boolean(),
      /** Free on its disk; absent where that cannot be told. */
      free: bytes.optional(),
      parts: z.array(z.strictObject({ name: z.string(), bytes })),
      /** The command that empties it. */
      clear: z.string(),
    }),
    /** A fault keeps the program from its work; a remark says what could be better. */
    problems: z.array(z.strictObject({ severity: z.enum(['fault', 'remark']), what: z.string(), cure: z.string() })),
  }),
  events: {},
  lane: 'light',
  controls: [],
  paths: () => [],
  kept: () => 'The doctor changes nothing.',
});
