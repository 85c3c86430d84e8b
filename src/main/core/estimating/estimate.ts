/** From settings, photographs and what was timed before: how long a training takes and how much memory. */
import { totalmem } from 'node:os';
import type { TrainingEstimate } from '../../../shared/contract/estimate.js';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { inputGeometry } from '../networks/index.js';
import { networkGraphOf } from '../runs/network.js';
import { PatchPlan } from '../training/patch-plan.js';
import { seenSizes } from '../training/seen-size.js';
import { BINS_IN_KEY, speedKey, type SpeedRecord } from './speed-records.js';
import { stepWork, type StepWork } from './step-work.js';

interface Photograph {
  width: number;
  height: number;
}

/** The photographs of a training by use, and the bins of their colours. */
export interface Lesson {
  training: readonly Photograph[];
  validation: readonly Photograph[];
  test: readonly Photograph[];
  Q: number;
}

/** A step as it would be. */
export interface Plan {
  patch: number;
  stepsAnEpoch: number;
  parameters: number;
  work: StepWork;
  /** Bytes of decoded photographs that are kept. */
  photoBytes: number;
}

/** By how much a time that was taken under the same settings can be off: other programs run, too. */
const DOUBT_OF_SAME = { training: 0.1, measurement: 0.2 };
/** Work that differs by less is the same: the photographs learnt from have a few bins less than the whole selection. */
const NEARLY = 0.1;
/** How much more for each doubling or halving of the work. */
const DOUBT_A_DOUBLING = 0.1;
/** Other layers compute at another pace. */
const DOUBT_OF_OTHERS = 1;

export function planOf(config: TrainingConfig, { training, Q }: Pick<Lesson, 'training' | 'Q'>): Plan {
  const { multiple, border } = inputGeometry(config.network.architecture);
  const { patch, sizes } = seenSizes(training, config.photos.side, config.patches.side, { multiple, minimum: multiple + 2 * border });
  const { cut, batch, flips, zoom } = config.patches;
  const graph = networkGraphOf(config, new Float32Array(2 * Q), patch);
  return {
    patch,
    stepsAnEpoch: new PatchPlan(sizes, { cut, batch, flips, zoom, side: patch, seed: config.seed }).stepsAnEpoch,
    parameters: graph.parameters,
    work: stepWork(graph),
    photoBytes: Math.min(config.photos.memory * 2 ** 20, sizes.reduce((sum, size) => sum + 3 * size.width * size.height, 0)),
  };
}

/** @param speeds What was timed on this machine. */
export function estimateOf(config: TrainingConfig, lesson: Lesson, speeds: readonly SpeedRecord[]): TrainingEstimate {
  const { training, validation, test, Q } = lesson;
  const plan = planOf(config, lesson);
  const { patch, stepsAnEpoch, parameters } = plan;
  const nearest = nearestSpeed(speeds, speedKey(config, Q, patch), config, plan.work);
  const pace = nearest && paceOf(nearest, config, plan, Math.min(config.validation.photos, validation.length));
  const steps = stepsOf(config, stepsAnEpoch, pace?.secondsAStepInAll);
  return {
    photographs: { training: training.length, validation: validation.length, test: test.length },
    Q, parameters, patch, stepsAnEpoch, steps,
    speed: nearest && pace && steps !== undefined ? speedOf(nearest, pace, plan, steps) : undefined,
    machineMemory: totalmem(),
  };
}

interface Nearest {
  record: SpeedRecord;
  basis: NonNullable<TrainingEstimate['speed']>['basis'];
  /** Work of a step beside that of the record. */
  factor: number;
}

/** The record of the same settings, else the one of the same layers with the most similar work, else the most similar of all. */
function nearestSpeed(speeds: readonly SpeedRecord[], key: string, { network }: TrainingConfig, { multiplications }: StepWork): Nearest | undefined {
  const factorOf = (record: SpeedRecord) => multiplications / record.multiplications;
  const away = (record: SpeedRecord) => Math.abs(Math.log(factorOf(record)));
  const nearest = (records: readonly SpeedRecord[]) => records.toSorted((x, y) => away(x) - away(y))[0] as SpeedRecord | undefined;
  const same = nearest(speeds.filter((record) => withoutBins(record.key) === withoutBins(key)));
  if (same && Math.abs(factorOf(same) - 1) < NEARLY) return { record: same, basis: 'same', factor: factorOf(same) };
  const alike = nearest(speeds.filter(({ architecture }) => architecture === network.architecture));
  if (alike) return { record: alike, basis: 'scaled', factor: factorOf(alike) };
  const other = nearest(speeds);
  return other && { record: other, basis: 'other', factor: factorOf(other) };
}

interface Pace {
  secondsAStep: number;
  /** With each step's part of the validations. */
  secondsAStepInAll: number;
}

/** @param validated Photographs that a validation looks at. */
function paceOf({ record, factor }: Nearest, config: TrainingConfig, { work }: Plan, validated: number): Pace {
  const secondsAStep = record.secondsAStep * factor;
  // A validated photograph is a patch or two: its work grows with that of a patch in a step.
  const ofAPatch = (work.multiplications / config.patches.batch) / (record.multiplications / batchOf(record));
  const validation = validated * record.secondsAValidated * ofAPatch;
  return { secondsAStep, secondsAStepInAll: secondsAStep + validation / config.checkpoints.every };
}

/** A record's key but for its number of bins. */
function withoutBins(key: string): string {
  return JSON.stringify((JSON.parse(key) as unknown[]).toSpliced(BINS_IN_KEY, 1));
}

/** The last entry of a record's key. */
function batchOf({ key }: SpeedRecord): number {
  return Number((JSON.parse(key) as unknown[]).at(-1));
}

function stepsOf({ budget }: TrainingConfig, stepsAnEpoch: number, secondsAStep: number | undefined): number | undefined {
  if (budget.steps !== undefined) return budget.steps;
  if (budget.epochs !== undefined) return Math.max(1, Math.ceil(budget.epochs * stepsAnEpoch));
  return secondsAStep === undefined ? undefined : Math.max(1, Math.floor((60 * (budget.minutes as number)) / secondsAStep));
}

function speedOf({ record, basis, factor }: Nearest, { secondsAStep, secondsAStepInAll }: Pace, { work, photoBytes }: Plan, steps: number): TrainingEstimate['speed'] {
  const seconds = steps * secondsAStepInAll;
  const doubt = basis === 'other' ? DOUBT_OF_OTHERS : DOUBT_OF_SAME[record.from] + DOUBT_A_DOUBLING * Math.abs(Math.log2(factor));
  const memory = record.idleMemory + record.stepMemory * (work.bytes / record.bytes) + photoBytes;
  return { seconds, lowest: seconds / (1 + doubt), highest: seconds * (1 + doubt), secondsAStep, memory, basis, factor, from: record.from, at: record.at };
}
