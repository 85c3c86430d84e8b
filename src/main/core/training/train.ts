/** Training from a folder of photographs to a run, and taking a run up again. */
import { resolve } from 'node:path';
import type { TrainingConfig } from '../../../shared/run/config.js';
import { demandNotOnCluster } from '../cluster/cluster-record.js';
import { UserError } from '../errors.js';
import { estimateOf, planOf } from '../estimating/estimate.js';
import { lessonOf } from '../estimating/measure.js';
import { readSpeeds, rememberSpeed, speedRecord } from '../estimating/speed-records.js';
import { StepMemory } from '../estimating/step-memory.js';
import type { JobContext } from '../job.js';
import { openRun, type Run } from '../runs/run.js';
import { checkRunPlace } from '../runs/run-place.js';
import { RunWriter } from '../runs/run-writer.js';
import { fewPhotographs, NotANumber, type Alarm } from './alarms.js';
import { openEngine, type Engine } from './engine.js';
import { gatherMaterial, type Material } from './material.js';
import { newRunFile, piecesOf } from './new-run-file.js';
import { PauseControl } from './pause-control.js';
import { plannedSteps } from './planned-steps.js';
import { seenLightness } from './seen-lightness.js';
import { TrainingLoop, type BestValidation, type LoopEnd } from './training-loop.js';

export interface TrainingOptions {
  /** The folder of photographs. */
  folder: string;
  /** Where the run is made; must not hold anything yet. */
  out: string;
  config: TrainingConfig;
}

/** Steps from which on a training's pace is worth remembering. */
const TELLING_STEPS = 20;

export interface SkippedPhoto {
  path: string;
  reason: string;
}

export interface TrainingReport {
  /** Absolute path of the run. */
  run: string;
  state: 'finished' | 'stopped';
  /** Last step taken. */
  step: number;
  /** Steps of the whole training. */
  steps: number;
  /** Why it ended before its last step. */
  reason?: string;
  /** Of training, over all resumes. */
  seconds: number;
  /** The best validation. */
  best?: BestValidation;
  alarms: Alarm[];
  /** Photographs that could not be read any more as the training went on. */
  skipped: SkippedPhoto[];
}

/**
 * Trains a network on a folder. When the signal aborts it keeps what it has and returns; before the run exists it throws the signal's reason.
 * @throws UserError when it cannot start or go on; a run that was begun can be resumed.
 */
export async function train({ folder, out, config }: TrainingOptions, context: JobContext, control = new PauseControl()): Promise<TrainingReport> {
  await checkRunPlace(out);
  const material = await gatherMaterial(resolve(folder), config, context);
  const { patch, shorterSide } = piecesOf(material, config);
  return withEngine(material, config, patch, context, async (engine, skipped) => {
    const steps = await plannedSteps(engine, config, context);
    context.signal.throwIfAborted();
    const { graph: { parameters, outputStride }, Q } = engine.network;
    const file = newRunFile(material, config, { network: { parameters, Q, outputStride }, stepsAnEpoch: engine.stepsAnEpoch, patch, seenSide: shorterSide, lightness: await seenLightness(engine.source), steps });
    const estimate = estimateOf({ ...config, budget: { steps } }, lessonOf(material), await readSpeeds());
    const { prior, colours, split } = material;
    const writer = await RunWriter.create(out, { file, prior, colours, split, graph: engine.network.graphDef(), estimate });
    return trainOn(new TrainingLoop(engine, writer, context, control), writer, context, skipped);
  });
}

/**
 * Goes on with a run that was stopped, killed, or ended by a fault, from its newest checkpoint, as if it had never stopped.
 * A finished run is reported as it is.
 * @throws UserError as `train`; also when it is no run, or another process trains it.
 */
export async function resumeTraining({ run: path }: { run: string }, context: JobContext, control = new PauseControl()): Promise<TrainingReport> {
  const run = await openRun(path);
  if (run.state === 'finished') return finishedReport(run);
  await demandNotOnCluster(path);
  const writer = await RunWriter.resume(path);
  try {
    // Somebody may have handed it over just now.
    await demandNotOnCluster(path);
    await writer.update({ state: 'training', reason: undefined });
    const { file } = writer;
    const { folder, fingerprint } = file.data;
    const material: Material = { folder, fingerprint, split: await run.split(), prior: await run.prior() };
    return await withEngine(material, file.config, file.network.patch, context, (engine, skipped) =>
      trainOn(new TrainingLoop(engine, writer, context, control), writer, context, skipped),
    );
  } finally {
    await writer.close();
  }
}

async function withEngine(
  material: Material,
  config: TrainingConfig,
  patch: number,
  { progress }: JobContext,
  work: (engine: Engine, skipped: SkippedPhoto[]) => Promise<TrainingReport>,
): Promise<TrainingReport> {
  const skipped: SkippedPhoto[] = [];
  const engine = await openEngine(material, config, patch, (path, reason) => {
    skipped.push({ path, reason });
    progress.note(`${path} is left out from now on: ${reason}`, 'warning');
  });
  try {
    return await work(engine, skipped);
  } catch (error) {
    throw memoryFault(error, config);
  } finally {
    await engine.close();
  }
}

async function trainOn(loop: TrainingLoop, writer: RunWriter, context: JobContext, skipped: SkippedPhoto[]): Promise<TrainingReport> {
  try {
    await loop.takeUp();
    await announce(loop, writer, context);
    const memory = await StepMemory.begin();
    const end = await loop.run();
    await rememberPace(loop, writer, memory);
    await writer.update({ state: end.state, reason: end.reason });
    await writer.log(`${end.state} at step ${end.step} of ${writer.file.steps}${end.reason === undefined ? '' : `: ${end.reason}`}`);
    return reportOf(writer, loop, end, skipped);
  } catch (error) {
    await keepWhatIsLeft(loop, writer, error, context);
    throw error;
  } finally {
    await writer.close();
  }
}

/** What this machine took for it, for the estimates to come; of so short a training it says too little. */
async function rememberPace(loop: TrainingLoop, { file }: RunWriter, memory: StepMemory): Promise<void> {
  const { pace } = loop;
  if (pace.steps < TELLING_STEPS) return;
  const { config, network, data } = file;
  const sizes = Array.from({ length: data.training }, () => ({ width: data.seenSide, height: data.seenSide }));
  const plan = planOf(config, { training: sizes, Q: network.Q });
  const taken = memory.end(await loop.keptBytes());
  await rememberSpeed(speedRecord(config, network, plan.work, { ...pace, ...taken, from: 'training' }))
    // The cache can be full or read-only: the training is done all the same.
    .catch(() => undefined);
}

async function announce(loop: TrainingLoop, writer: RunWriter, { progress }: JobContext): Promise<void> {
  const { step } = loop;
  const { steps, network, data } = writer.file;
  progress.emit('started', { run: writer.path, step, steps, parameters: network.parameters, Q: network.Q });
  await writer.log(`training from step ${step} to ${steps}`);
  if (step === 0) await loop.raise(fewPhotographs(data.training));
}

/**
 * Of a training that ended by a fault: a checkpoint where the weights are sound, and the reason. What cannot be written is
 * told, not thrown: the first fault is the one to report.
 */
async function keepWhatIsLeft(loop: TrainingLoop, writer: RunWriter, error: unknown, { progress }: JobContext): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const attempts = [
    () => (error instanceof NotANumber ? loop.raise(error.alarm) : loop.rescue()),
    () => writer.update({ state: 'failed', reason }),
    () => writer.log(`failed at step ${loop.step}: ${reason}`),
  ];
  for (const attempt of attempts) {
    await attempt().catch((fault: unknown) => progress.note(`Also: ${fault instanceof Error ? fault.message : String(fault)}`, 'warning'));
  }
}

function reportOf(writer: RunWriter, loop: TrainingLoop, { state, step, reason }: LoopEnd, skipped: SkippedPhoto[]): TrainingReport {
  return {
    run: writer.path, state, step, steps: writer.file.steps, seconds: loop.trainedSeconds,
    ...(reason === undefined ? {} : { reason }),
    ...(loop.best === undefined ? {} : { best: loop.best }),
    alarms: loop.alarms, skipped,
  };
}

async function finishedReport(run: Run): Promise<TrainingReport> {
  const { steps, reason } = run.file;
  const { step, file } = await run.checkpoint('best');
  const last = (await run.metrics()).at(-1);
  return {
    run: resolve(run.path), state: 'finished', step: run.file.step, steps, seconds: last?.seconds ?? 0,
    ...(reason === undefined ? {} : { reason }),
    ...(file.validation === undefined ? {} : { best: { step, ...file.validation } }),
    alarms: [], skipped: [],
  };
}

/** TensorFlow's way of saying that memory ran out, in words. */
function memoryFault(error: unknown, { patches }: TrainingConfig): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  if (!/\bOOM\b|bad_alloc|out of memory|failed to allocate/i.test(error.message)) return error;
  return new UserError(`Memory ran out in a training step. Lower patches.batch (${patches.batch}), patches.side or network.width.`, { cause: error });
}
