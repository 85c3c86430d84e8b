/** What the program finds out about its surroundings. All sizes in bytes. */
export interface Facts {
  program: { version: string; folder: string; node: string; platform: string; missingPackages: string[] };
  engine: EngineFacts;
  processor: ProcessorFacts;
  memory: MemoryFacts;
  /** Names of graphics processors. The engine computes on the processor all the same. */
  gpus: string[];
  electron: { version?: string };
  browser: { path?: string; version?: string };
  /** Absent where windows cannot be shown. */
  display?: string;
  cache: CacheFacts;
}

export interface EngineFacts {
  /** Version of TensorFlow; absent where the engine does not compute. */
  tensorflow?: string;
  /** Instructions that its kernels chose on this processor. */
  kernels?: string;
  /** Whether convolutions run in oneDNN's own kernels; TensorFlow decides by the processor, TF_ENABLE_ONEDNN_OPTS decides over it. */
  oneDnn?: boolean;
  /** Version of the image library, which loads in the same process. */
  sharp?: string;
  secondsToLoad?: number;
  /** Why the engine or the image library does not work. */
  fault?: string;
}

export interface ProcessorFacts {
  model: string;
  /** Instruction sets that matter to the engine, of those that the processor offers. */
  instructionSets: string[];
  /** Threads that the engine computes with: the processors this process may run on. */
  threads: number;
  /** Processors' worth of time that a container grants; absent where nothing limits it. */
  quota?: number;
}

export interface MemoryFacts {
  total: number;
  available: number;
  /** What a container grants; absent where nothing limits it. */
  limit?: number;
}

export interface CacheFacts {
  folder: string;
  writable: boolean;
  /** Free on its disk; absent where that cannot be told. */
  free?: number;
  parts: { name: string; bytes: number }[];
  /** The command that empties it. */
  clear: string;
}

/** A fault keeps the program from its work; a remark says what could be better. */
export interface Problem {
  severity: 'fault' | 'remark';
  what: string;
  cure: string;
}

export interface DoctorReport extends Facts {
  problems: Problem[];
}
