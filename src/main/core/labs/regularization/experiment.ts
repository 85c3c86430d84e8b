/** The regularization experiment: every penalty over the same points and starting weights, recorded as it goes on. */
import { performance } from 'node:perf_hooks';
import type { PointSet, RegularizationLab, ShrinkOrigin } from '../../../../shared/labs/files.js';
import type { RegularizationConfig } from '../../../../shared/labs/regularization/config.js';
import { penaltyOf, penaltyStrengths, type PenaltyKind } from '../../../../shared/labs/regularization/penalties.js';
import type { RegularizationEpoch, RegularizationResult, RegularizationRun } from '../../../../shared/labs/regularization/results.js';
import { parametersOfSizes, recordedEpochs } from '../../../../shared/labs/regularization/packed-layers.js';
import { seenPoints } from '../../../../shared/labs/regularization/seen-points.js';
import { startingLayers } from '../../../../shared/labs/regularization/start.js';
import { finiteOrNull, summarize } from '../../../../shared/labs/regularization/summary.js';
import { answersOf, sizesOf, sparsityOf, type Layer } from '../../../../shared/labs/regularization/weights.js';
import { Random } from '../../../../shared/random.js';
import { UserError } from '../../errors.js';
import type { JobContext } from '../../job.js';
import { Pace } from '../../pace.js';
import { checkRunPlace } from '../../runs/run-place.js';
import { LabWriter, type LabParts } from '../lab-folder.js';
import { labHead } from '../lab-head.js';
import { pointSets } from './points.js';
import { Population } from './population.js';
import { SnapshotWriter } from './snapshots.js';
import { tellingTimes } from './standing.js';
import { populationOptions, trainTrials, type EpochEnd, type Trial, type TrialSettings, type TrialsEnd } from './trials.js';

export interface ExperimentOptions {
  config: RegularizationConfig;
  /** Where the run is made; must not hold anything yet. */
  out: string;
  /** Starting weights of each run instead of drawn ones, and where they come from. */
  start?: (run: number) => Layer[];
  origin?: ShrinkOrigin;
  /** Points to fit instead of those that the settings stand for. */
  points?: PointSet[];
  /** Files that belong to the result, by name. */
  beside?: (result: RegularizationResult) => LabParts;
}

export interface ExperimentReport {
  /** Absolute path of the run. */
  run: string;
  result: RegularizationResult;
  seconds: number;
}

/** A trial with what tells it from the others. */
export interface NamedTrial extends Trial {
  kind: PenaltyKind;
  run: number;
  points: PointSet;
}

/** Weights and biases that all networks together may hold, and outputs of neurons over all points: more would fill the memory. */
const MOST_NUMBERS = 20_000_000;
const MOST_OUTPUTS = 100_000_000;

/**
 * Trains every penalty of the settings as often as they say, side by side. When the signal aborts, what was recorded stays.
 * @throws UserError when it cannot start; the signal's reason when stopped
 */
export async function runRegularization(options: ExperimentOptions, context: JobContext): Promise<ExperimentReport> {
  const { config, out } = options;
  await checkRunPlace(out);
  const points = options.points ?? (await pointSets(config));
  checkSize(config.penalty.kinds.length * config.runs, points[0].x.length, config);
  const trials = trialsOf(config, points, options.start);
  const file: RegularizationLab = { ...labHead(), kind: 'regularization', config, ...(options.origin && { origin: options.origin }) };
  const writer = await LabWriter.create(out, file, { 'points.json': points, 'graph.pb': await graphOf(trials, config) });
  return writer.during(context.signal, async () => {
    const recorder = await Recorder.open(writer, trials, context);
    try {
      await recorder.announce();
      const end = await trainTrials(trials, trialSettings(config), context, (epoch) => recorder.epoch(epoch));
      const result = recorder.result(end);
      await writer.finish(result, options.beside?.(result));
      return { run: writer.path, result, seconds: recorder.seconds };
    } finally {
      await recorder.close();
    }
  });
}

/** The trials of an experiment: each penalty with each run, in the order of the settings. */
export function trialsOf(config: RegularizationConfig, sets: readonly PointSet[], start = drawnStart(config)): NamedTrial[] {
  const seen = sets.map(seenPoints);
  const runs = Array.from({ length: config.runs }, (_, run) => ({ run, layers: start(run) }));
  return config.penalty.kinds.flatMap((kind) =>
    runs.map(({ run, layers }) => {
      const set = run % sets.length;
      return {
        kind, run, order: run, points: sets[set], ...seen[set], split: sets[set], start: layers,
        loss: config.loss, strengths: penaltyStrengths(kind, config.penalty.lambda, config.penalty.mix),
      };
    }),
  );
}

/** Drawn starting weights: the same for a run whatever is trained beside it. */
export function drawnStart({ seed, network }: Pick<RegularizationConfig, 'seed' | 'network'>): (run: number) => Layer[] {
  return (run) => startingLayers([1, ...network.hidden, 1], (layer) => new Random(seed, 'weights', run, layer));
}

/**
 * Asked before anything is built.
 * @param networks Number of networks side by side. @param points That each of them answers.
 * @throws UserError when the networks together would fill the memory.
 */
export function checkSize(networks: number, points: number, { network }: Pick<RegularizationConfig, 'network'>): void {
  const sizes = [1, ...network.hidden, 1];
  const outputs = networks * points * sizes.reduce((sum, size) => sum + size);
  if (networks * parametersOfSizes(sizes) <= MOST_NUMBERS && outputs <= MOST_OUTPUTS) return;
  throw new UserError(
    `${networks.toLocaleString('en')} networks of the sizes ${sizes.join('-')} over ${points.toLocaleString('en')} points are too much for one experiment. ` +
      'Lower runs, compare fewer penalties (penalty.kinds), take fewer points, or make network.hidden smaller.',
  );
}

/** How the trials of a configuration are trained. */
export function trialSettings(config: RegularizationConfig): TrialSettings {
  return { ...config, activation: config.network.activation };
}

/** The networks' structure as a GraphDef. */
async function graphOf(trials: readonly Trial[], config: RegularizationConfig): Promise<Uint8Array> {
  const population = await Population.open(populationOptions(trials, trialSettings(config)));
  try {
    return population.graphDef();
  } finally {
    population.close();
  }
}

/** What goes on, in words. */
const WORK = { phase: 'Training', unit: 'epochs' } as const;

/** Windows are told of weights so often at most. */
const TELL_EVERY_MS = 100;

/** Keeps weights and figures of an experiment as it goes on, and tells of them. */
class Recorder {
  private readonly begun = performance.now();
  private readonly pace: Pace;
  private readonly recorded: ReadonlySet<number>;
  private readonly inputs: Float32Array;
  private readonly most: number;
  private readonly isTime = tellingTimes(TELL_EVERY_MS);

  private constructor(
    private readonly writer: LabWriter<RegularizationLab>,
    private readonly trials: readonly NamedTrial[],
    private readonly context: JobContext,
    private readonly snapshots: SnapshotWriter,
  ) {
    const { epochs } = writer.file.config;
    this.pace = new Pace({ ...WORK, total: epochs });
    this.recorded = new Set(recordedEpochs(epochs, trials.length, sizesOf(trials[0].start)));
    this.most = Math.max(...trials.map(({ x }) => x.length));
    this.inputs = new Float32Array(trials.length * this.most);
    trials.forEach(({ x }, r) => this.inputs.set(x, r * this.most));
  }

  static async open(writer: LabWriter<RegularizationLab>, trials: readonly NamedTrial[], context: JobContext): Promise<Recorder> {
    return new Recorder(writer, trials, context, await SnapshotWriter.open(writer.path));
  }

  get seconds(): number {
    return (performance.now() - this.begun) / 1000;
  }

  async announce(): Promise<void> {
    const { path, file } = this.writer;
    const sizes = sizesOf(this.trials[0].start);
    this.context.progress.emit('started', {
      run: path, epochs: file.config.epochs, sizes, parameters: parametersOfSizes(sizes),
      points: this.trials[0].points, members: this.trials.map(({ kind, run }) => ({ kind, run })),
    });
    await this.writer.log(`training ${this.trials.length} networks ${sizes.join('-')} for ${file.config.epochs} epochs`);
  }

  async epoch(end: EpochEnd): Promise<void> {
    const { epochs } = this.writer.file.config;
    // The first report is of the networks as they were drawn: no epoch is done.
    this.context.progress.progress(end.epoch === 0 ? { ...WORK, total: epochs, done: 0 } : this.pace.step());
    if (!this.recorded.has(end.epoch)) return;
    const layers = end.population.layers();
    await this.snapshots.add(layers);
    const line = this.reportOf(end, layers);
    await this.writer.report(line);
    this.tell(line, layers, end.epoch === 0 || end.epoch === epochs);
  }

  result({ layers, diverged, loss }: TrialsEnd): RegularizationResult {
    const { config } = this.writer.file;
    const runs = new Map<PenaltyKind, RegularizationRun[]>(config.penalty.kinds.map((kind) => [kind, []]));
    const errors = this.errors(layers);
    this.trials.forEach((trial, r) => {
      runs.get(trial.kind)!.push({
        run: trial.run,
        error: finiteOrNull(errors[r].test),
        trainingError: finiteOrNull(errors[r].training),
        loss: finiteOrNull(loss[r]),
        penalty: finiteOrNull(penaltyOf(layers[r].flatMap(({ weights }) => Array.from(weights)), trial.strengths)),
        sparsity: sparsityOf(layers[r], config.threshold),
        ...(diverged[r] && { diverged: diverged[r] }),
      });
    });
    return summarize(runs, config.threshold);
  }

  close(): Promise<void> {
    return this.snapshots.close();
  }

  private reportOf({ epoch, step, loss, population }: EpochEnd, layers: Layer[][]): RegularizationEpoch {
    const { threshold } = this.writer.file.config;
    const answers = population.answers(this.inputs, this.most);
    const members = this.trials.map((trial, r) => {
      const { zeroWeights, deadNeurons } = sparsityOf(layers[r], threshold);
      const penalty = penaltyOf(layers[r].flatMap(({ weights }) => Array.from(weights)), trial.strengths);
      const error = sumOfErrors(trial, answers.subarray(r * this.most), trial.split.test);
      return { kind: trial.kind, run: trial.run, loss: finiteOrNull(loss[r]), penalty: finiteOrNull(penalty), error: finiteOrNull(error), zeroWeights, deadNeurons };
    });
    return { epoch, step, seconds: this.seconds, members };
  }

  private tell(line: RegularizationEpoch, layers: Layer[][], always: boolean): void {
    if (!this.isTime() && !always) return;
    this.context.progress.emit('epoch', line);
    // The first run of each penalty stands for the others: the rest is in the run's folder.
    const shown = this.trials.flatMap(({ kind, run }, r) => (run === 0 ? [{ kind, layers: layers[r].map(plainLayer) }] : []));
    this.context.progress.emit('weights', { epoch: line.epoch, members: shown });
  }

  private errors(layers: readonly Layer[][]): { test: number; training: number }[] {
    return this.trials.map((trial, r) => {
      const answers = answersOf(layers[r], this.writer.file.config.network.activation, trial.x);
      return { test: sumOfErrors(trial, answers, trial.split.test), training: sumOfErrors(trial, answers, trial.split.training) };
    });
  }
}

function plainLayer({ inputs, outputs, weights, bias }: Layer) {
  return { inputs, outputs, weights: Array.from(weights, finiteOrNull), bias: Array.from(bias, finiteOrNull) };
}

/** Sum of the sizes of the errors over some points, in the units of y. */
export function sumOfErrors({ y, points }: Pick<NamedTrial, 'y' | 'points'>, answers: ArrayLike<number>, indices: readonly number[]): number {
  return points.scaling.y.spread * indices.reduce((sum, k) => sum + Math.abs(answers[k] - y[k]), 0);
}
