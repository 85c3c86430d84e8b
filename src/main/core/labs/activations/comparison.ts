/** Activations compared: each trained from the same starting weights on the same batches, one after the other, resumable after a kill. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { ActivationsConfig } from '../../../../shared/labs/activations/config.js';
import { ACTIVATION_NAMES } from '../../../../shared/labs/activations/functions.js';
import { activationsResultSchema, type ActivationsReport, type ActivationsResult, type Variant, type VariantResult } from '../../../../shared/labs/activations/results.js';
import { summarizeActivations } from '../../../../shared/labs/activations/summary.js';
import type { ActivationsLab } from '../../../../shared/labs/files.js';
import { UserError } from '../../errors.js';
import { writeFolderWhole } from '../../files.js';
import type { JobContext } from '../../job.js';
import { checkRunPlace } from '../../runs/run-place.js';
import { jsonOrNothing, LabWriter, openLab } from '../lab-folder.js';
import { labHead } from '../lab-head.js';
import { fingerprint, readImages } from './data.js';
import { HARDEST_PICTURE } from './hardest-name.js';
import { hardestPicture } from './hardest-picture.js';
import type { ImageData } from './image-set.js';
import { finishedVariant, resultName, variantName, variantsOf } from './finished-variants.js';
import { Classifier } from './network.js';
import { VariantTraining, type VariantPlace } from './variant-training.js';

export interface ComparisonOptions {
  config: ActivationsConfig;
  /** Where the run is made; must not hold anything yet. */
  out: string;
}

export interface ComparisonReport {
  run: string;
  result: ActivationsResult;
  /** In training steps, over all resumes. */
  seconds: number;
}

/**
 * Trains every activation of the settings. When the signal aborts or the process is killed, what is done is kept: `resumeComparison` goes on.
 * @throws UserError when it cannot start; the signal's reason when stopped
 */
export async function compareActivations({ config, out }: ComparisonOptions, context: JobContext): Promise<ComparisonReport> {
  await checkRunPlace(out);
  const images = await readImages(config, context);
  checkBatch(config, images.training.count);
  const data = { fingerprint: fingerprint(images), classes: images.classes, training: images.training.count, test: images.test.count };
  const file: ActivationsLab = { ...labHead(), kind: 'activations', config, data };
  const writer = await LabWriter.create(out, file, {});
  return writer.during(context.signal, () => goOn(writer, images, context));
}

/**
 * Goes on with a comparison that was stopped or killed; a finished one is reported as it is.
 * @throws UserError when it is none, another process runs it, or the pictures have changed
 */
export async function resumeComparison({ run }: { run: string }, context: JobContext): Promise<ComparisonReport> {
  const finished = await finishedComparison(run, context);
  if (finished !== undefined) return finished;
  const writer = await LabWriter.resume(run, 'activations');
  return writer.during(context.signal, async () => {
    await writer.update({ state: 'training', reason: undefined });
    const images = await readImages(writer.file.config, context);
    if (fingerprint(images) !== writer.file.data.fingerprint) {
      throw new UserError(`The pictures are not those that ${run} was begun with. Put them back, or begin a new comparison.`);
    }
    return goOn(writer, images, context);
  });
}

/** What a finished comparison came to; undefined where it is not finished, or its result is gone or damaged. */
async function finishedComparison(run: string, context: JobContext): Promise<ComparisonReport | undefined> {
  const lab = await openLab(run, 'activations');
  if (lab.state !== 'finished') return undefined;
  const result = await lab.read('result.json', activationsResultSchema).catch(() => undefined);
  if (result === undefined) return undefined;
  const path = resolve(run);
  context.progress.emit('started', { run: path, variants: variantsOf(lab.file.config), epochs: lab.file.config.epochs, classes: result.classes });
  for (const variant of result.variants) context.progress.emit('variant', variant);
  return { run: path, result, seconds: secondsOf(result.variants) };
}

function secondsOf(results: readonly VariantResult[]): number {
  return results.reduce((sum, { seconds }) => sum + seconds, 0);
}

function checkBatch({ batch, normalization }: ActivationsConfig, pictures: number): void {
  if (!normalization.kinds.includes('with')) return;
  if (batch === 1) throw new UserError('A batch of one picture has no spread to normalize by: set batch to 2 or more, or normalization.kinds=without.');
  if (pictures === 1) throw new UserError('One picture has no spread to normalize by: set data.training to 2 or more, or normalization.kinds=without.');
}

async function goOn(writer: LabWriter<ActivationsLab>, images: ImageData, context: JobContext): Promise<ComparisonReport> {
  const { config } = writer.file;
  const variants = variantsOf(config);
  context.progress.emit('started', { run: writer.path, variants, epochs: config.epochs, classes: images.classes });
  const results: VariantResult[] = [];
  const pace = new Pace(config);
  for (const [index, variant] of variants.entries()) {
    context.signal.throwIfAborted();
    const known = await finishedVariant(writer.path, variant);
    const result = known ?? (await trainVariant(writer, images, { variant, index, pace }, context));
    context.progress.emit('variant', result);
    results.push(result);
  }
  const { classes, training, test } = images;
  const summary = summarizeActivations(results, config, { classes, training: training.count, test: test.count, labels: test.labels });
  const picture = await hardestPicture(summary.hardest, test);
  if (picture !== undefined) await writer.write(HARDEST_PICTURE, picture.png);
  const result: ActivationsResult = { ...summary, ...(picture && { sheet: picture.sheet }) };
  await writer.finish(result);
  return { run: writer.path, result, seconds: secondsOf(results) };
}

/** Whose turn it is. */
interface Turn {
  variant: Variant;
  /** Its place among all. */
  index: number;
  pace: Pace;
}

async function trainVariant(writer: LabWriter<ActivationsLab>, images: ImageData, { variant, index, pace }: Turn, context: JobContext): Promise<VariantResult> {
  const { config } = writer.file;
  const { height, width, channels } = images.training;
  const { decay, epsilon } = config.normalization;
  const network = await Classifier.open({
    network: config.network, activation: variant.activation, normalization: variant.normalization, decay, epsilon, optimizer: config.optimizer,
    height, width, channels, classes: images.classes.length,
  });
  try {
    const training = new VariantTraining(network, images, config, variant, {
      signal: context.signal,
      report: async (report) => {
        await writer.report(report);
        context.progress.emit('report', report);
        pace.tell(report, index, context);
      },
      checkpoint: (place) => keepCheckpoint(writer.path, variant, network, place),
    });
    const place = await newestPlace(writer.path, variant, config.epochs);
    await writer.log(`${variantName(variant)}: from epoch ${place?.epoch ?? 0}`);
    const result = await training.run(place, place && checkpointPrefix(writer.path, variant, place.epoch));
    await writer.write(resultName(variant), result);
    await rm(checkpointFolder(writer.path, variant), { recursive: true, force: true });
    return result;
  } finally {
    network.close();
  }
}

/** How far all trainings together are, and how long they will still take at the pace of this process. */
class Pace {
  private begun: { at: number; done: number } | undefined;

  constructor(private readonly config: ActivationsConfig) {}

  /** @param index Place of the training under way among all. */
  tell({ epoch, activation, normalization, run }: ActivationsReport, index: number, { progress }: JobContext): void {
    const { epochs, runs } = this.config;
    const total = variantsOf(this.config).length * epochs;
    const done = index * epochs + epoch;
    this.begun ??= { at: performance.now(), done };
    const here = done - this.begun.done;
    const secondsLeft = here > 0 ? ((performance.now() - this.begun.at) / 1000 / here) * (total - done) : undefined;
    const phase = `${ACTIVATION_NAMES[activation]} ${normalization} normalization${runs > 1 ? `, run ${run + 1}` : ''}`;
    progress.progress({ phase, done: Math.round(100 * done) / 100, total, unit: 'epochs', ...(secondsLeft !== undefined && { secondsLeft }) });
  }
}

function checkpointFolder(folder: string, variant: Variant): string {
  return join(folder, 'checkpoints', variantName(variant));
}

function checkpointPrefix(folder: string, variant: Variant, epoch: number): string {
  return join(checkpointFolder(folder, variant), `epoch-${epoch}`, 'model.ckpt');
}

const placeSchema = z.object({ epoch: z.int(), step: z.int(), seconds: z.number(), last: z.object({ loss: z.number(), accuracy: z.number() }).optional() });

/** Keeps the weights of the end of an epoch, then lets those of the one before go. */
async function keepCheckpoint(folder: string, variant: Variant, network: Classifier, place: VariantPlace): Promise<void> {
  const home = checkpointFolder(folder, variant);
  await mkdir(home, { recursive: true });
  const target = join(home, `epoch-${place.epoch}`);
  await rm(target, { recursive: true, force: true });
  await writeFolderWhole(target, async (aside) => {
    network.save(join(aside, 'model.ckpt'));
    await writeFile(join(aside, 'place.json'), JSON.stringify(place));
  });
  await rm(join(home, `epoch-${place.epoch - 1}`), { recursive: true, force: true });
}

/** Where a variant that was broken off stood. */
async function newestPlace(folder: string, variant: Variant, epochs: number): Promise<VariantPlace | undefined> {
  for (let epoch = epochs; epoch > 0; epoch--) {
    const text = await readFile(join(checkpointFolder(folder, variant), `epoch-${epoch}`, 'place.json'), 'utf8').catch(() => '');
    const place = placeSchema.safeParse(jsonOrNothing(text)).data;
    if (place !== undefined) return place;
  }
  return undefined;
}
