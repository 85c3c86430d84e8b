/** How fast steps were on this machine, kept in the cache: what estimates stand on. */
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { ensureFolder, writeFileWhole } from '../files.js';
import { chosenEngine } from '../graph/index.js';
import { cacheFolder } from '../paths.js';
import type { StepWork } from './step-work.js';

const positive = z.number().nonnegative();

const speedRecordSchema = z.object({
  /** Everything that a step's speed depends on, as `speedKey` writes it. */
  key: z.string(),
  architecture: z.string(),
  multiplications: positive,
  bytes: positive,
  secondsAStep: positive,
  /** Seconds of a validation, a photograph; 0 where there was none. */
  secondsAValidated: positive,
  /** Bytes that the process held before the first step, and what steps added beside decoded photographs. */
  idleMemory: positive,
  stepMemory: positive,
  from: z.enum(['training', 'measurement']),
  /** Milliseconds since 1970. */
  at: positive,
});
export type SpeedRecord = z.infer<typeof speedRecordSchema>;

const fileSchema = z.object({ version: z.literal(1), machine: z.string(), records: z.array(speedRecordSchema) });

/** Records kept: the newest. */
const KEPT = 100;

/** Place of the number of bins in a key. */
export const BINS_IN_KEY = 6;

/** What two trainings have in common whose steps take the same time. */
export function speedKey({ network, encoding, penalty, optimizer, patches }: TrainingConfig, Q: number, patch: number): string {
  return JSON.stringify([
    // In float32 as it was written before there was a choice.
    network.precision === 'float32' ? network.architecture : `${network.architecture} ${network.precision}`, network.width, network.dropout > 0, encoding.kind === 'hard', penalty.kind !== 'none', optimizer.kind, Q, patch, patches.batch,
  ]);
}

/** What has been timed on this machine; none where the cache came from another one. */
export async function readSpeeds(): Promise<SpeedRecord[]> {
  try {
    const { machine, records } = fileSchema.parse(JSON.parse(await readFile(speedsPath(), 'utf8')));
    return machine === thisMachine() ? records : [];
  } catch {
    return [];
  }
}

/** Adds a record; one of the same settings is replaced. */
export async function rememberSpeed(record: SpeedRecord): Promise<void> {
  const others = (await readSpeeds()).filter(({ key }) => key !== record.key);
  const records = [...others, record].sort((x, y) => y.at - x.at).slice(0, KEPT);
  await ensureFolder(dirname(speedsPath()));
  await writeFileWhole(speedsPath(), JSON.stringify({ version: 1, machine: thisMachine(), records }));
}

/** A record of work that was timed. */
export function speedRecord(
  config: TrainingConfig,
  { Q, patch }: { Q: number; patch: number },
  work: StepWork,
  timed: Pick<SpeedRecord, 'secondsAStep' | 'secondsAValidated' | 'idleMemory' | 'stepMemory' | 'from'>,
): SpeedRecord {
  return { key: speedKey(config, Q, patch), architecture: config.network.architecture, ...work, ...timed, at: Date.now() };
}

function speedsPath(): string {
  return join(cacheFolder(), chosenEngine() === 'gpu' ? 'speeds-gpu.json' : 'speeds.json');
}

function thisMachine(): string {
  return `${process.platform} ${process.arch}, ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} threads`;
}
