/**
 * Colorizes files and folders into a folder: the tree is kept, what is done is not done again, nothing is overwritten unless
 * allowed, and what cannot be colorized is listed while the rest goes on.
 */
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { ensureFolder, writeFileWhole, writeNewFileWhole } from '../files.js';
import type { JobContext } from '../job.js';
import { Pace } from '../pace.js';
import type { CoarseColour } from '../../../shared/colour/guided.js';
import type { Pixels } from '../photos/decode.js';
import { inOrder, unlessAborted } from '../photos/in-order.js';
import { SMALL_PIXELS } from '../photos/pixel-copy.js';
import { predictColours } from './coarse-colours.js';
import { type HintSource, NO_HINTS } from './hint-source.js';
import { gatherInputs, type Inputs } from './inputs.js';
import { originalThere, Originals } from './originals.js';
import { outputNames } from './output-names.js';
import { OutputRecord } from './output-record.js';
import { Painters } from './painters.js';
import { messageOf, type PathReason } from './path-reason.js';
import { encodePicture, PICTURE_ENDINGS } from './picture-file.js';
import type { AbPredictor } from './predictor.js';
import { Preparation, type Prepared, type ReadyPicture, type Workplace } from './prepared-picture.js';
import type { ColorizeSettings } from './recipe.js';

export interface ColorizeOptions extends ColorizeSettings {
  /** Files and folders. */
  inputs: readonly string[];
  /** Folder of results; made where it is not there. */
  out: string;
  /** Replace pictures of the same name, but never a photograph of this job. */
  overwrite: boolean;
  /** Finds each photograph's colour hints; none where absent. */
  hints?: HintSource;
}

/** A trained network with a name that tells it and its checkpoint from every other. */
export interface Model {
  id: string;
  predictor: AbPredictor;
  /** That its colours are taken at unless another is chosen. */
  temperature: number;
}

export interface ColorizeReport {
  out: string;
  /** Pictures colorized now. */
  done: number;
  /** Pictures that an earlier job had made just so. */
  skipped: number;
  failed: PathReason[];
  /** Files found in folders that are no pictures to be colorized. */
  ignored: PathReason[];
  /** Every photograph with its colorized copy, also those made earlier; absolute paths. */
  files: { input: string; output: string }[];
  /** Photographs that hints were given for and that are none of this job's. */
  unknownHints: string[];
}

/**
 * @throws UserError when nothing is given that could be colorized, hints are given to a network that takes none, or the folder of results cannot be written (any more);
 *   the signal's reason when stopped. What was written by then is whole, and the same job goes on from there.
 */
export async function colorizeFolder(options: ColorizeOptions, { id, predictor }: Omit<Model, 'temperature'>, context: JobContext): Promise<ColorizeReport> {
  if (options.hints && !predictor.takesHints) throw new UserError(NO_HINTS_TAKEN);
  const out = resolve(options.out);
  const inputs = await gatherInputs(options.inputs, context.signal);
  if (inputs.files.length === 0 && inputs.failed.length === 0) {
    throw new UserError(`There is nothing to colorize in ${options.inputs.join(', ')}: no picture was found.`);
  }
  await ensureFolder(out);
  const record = await OutputRecord.open(out);
  const originals = await Originals.of(inputs.files.map(({ path }) => path));
  const { temperature, format, quality, metadata, overwrite } = options;
  const { hintsOf, unknown } = (options.hints ?? NO_HINTS)(inputs.files);
  const workplace = { out, model: id, eye: predictor, settings: { temperature, format, quality, metadata }, hintsOf, overwrite, record, originals };
  return { ...(await new Colorizing(workplace, predictor, inputs, context).run()), unknownHints: unknown };
}

/** What a network says that was taught without hints. */
const NO_HINTS_TAKEN = 'This network takes no colour hints: it was trained without them. Leave the hints out, or train a run with the setting network.hints.';

/** Files read, decoded and seen before the first of them has its turn. */
const FILES_AHEAD = 12;
/** Small pictures shown to the network at a time. */
const PICTURES_TOGETHER = 8;
/** Pictures painted, encoded and written while the network sees the next ones. */
const FILES_BEHIND = 8;

class Colorizing {
  private readonly report: Omit<ColorizeReport, 'unknownHints'>;
  private readonly pace: Pace;
  /** Pictures that wait for the network: small ones of one size. */
  private batch: ReadyPicture[] = [];
  private readonly painters: Painters;
  /** Pictures being painted and written; none of these promises is ever rejected. */
  private readonly finishing = new Set<Promise<void>>();
  /** What ends the job: every further picture would meet it too. */
  private fault: unknown;

  constructor(
    private readonly workplace: Workplace,
    private readonly predictor: AbPredictor,
    private readonly inputs: Inputs,
    private readonly context: JobContext,
  ) {
    this.report = { out: workplace.out, done: 0, skipped: 0, failed: [...inputs.failed], ignored: [...inputs.ignored], files: [] };
    this.pace = new Pace({ phase: 'Colorizing', unit: 'photographs', total: inputs.files.length });
    this.painters = new Painters(inputs.files.length);
  }

  async run(): Promise<Omit<ColorizeReport, 'unknownHints'>> {
    const { settings, record } = this.workplace;
    const names = outputNames(this.inputs.files, PICTURE_ENDINGS[settings.format], record.outputsByInput());
    const tasks = this.inputs.files.map((input, k) => ({ input, output: names[k] }));
    const preparation = new Preparation(this.workplace, this.context.signal);
    try {
      for await (const prepared of inOrder(tasks, FILES_AHEAD, (task) => preparation.prepare(task), this.context.signal)) {
        await this.take(prepared);
      }
      await this.flush();
    } finally {
      await Promise.all(this.finishing);
      await this.painters.close();
    }
    this.throwIfOver();
    return this.report;
  }

  private async take(prepared: Prepared): Promise<void> {
    if (prepared.kind === 'ready') return this.enqueue(prepared.picture);
    const { input, output } = prepared.task;
    if (prepared.kind === 'done') {
      this.report.skipped++;
      this.report.files.push({ input: input.path, output: join(this.workplace.out, output) });
    } else {
      this.report[prepared.kind].push({ path: input.path, reason: prepared.reason });
    }
    this.tell(false);
  }

  /** Large pictures go alone and at once: whoever waits for their memory must not wait for a batch to fill. */
  private async enqueue(picture: ReadyPicture): Promise<void> {
    const { width, height } = picture.pixels;
    const alone = width * height > SMALL_PIXELS;
    if (alone || !sameSize(this.batch[0] ?? picture, picture)) await this.flush();
    this.batch.push(picture);
    if (alone || this.batch.length === PICTURES_TOGETHER) await this.flush();
  }

  private async flush(): Promise<void> {
    const pictures = this.batch;
    this.batch = [];
    if (pictures.length === 0) return;
    const colours = await predictColours(this.predictor, pictures.map(({ seen }) => seen), this.workplace.settings.temperature);
    for (const [k, picture] of pictures.entries()) {
      this.context.signal.throwIfAborted();
      await this.startFinishing(picture, colours[k]);
    }
  }

  private async startFinishing(picture: ReadyPicture, coarse: CoarseColour): Promise<void> {
    const finished = this.finish(picture, coarse).finally(() => {
      picture.release();
      this.finishing.delete(finished);
    });
    this.finishing.add(finished);
    if (this.finishing.size >= FILES_BEHIND) await Promise.race(this.finishing);
    this.throwIfOver();
  }

  private throwIfOver(): void {
    if (this.fault !== undefined) throw this.fault;
  }

  private async finish(picture: ReadyPicture, coarse: CoarseColour): Promise<void> {
    const painted = await this.paint(picture, coarse);
    if (painted !== undefined) await this.write({ ...picture, pixels: painted });
  }

  /** @returns undefined where the job is stopped or its threads have ended: neither is the picture's fault */
  private async paint({ pixels, seen }: ReadyPicture, coarse: CoarseColour): Promise<Pixels | undefined> {
    try {
      return await unlessAborted(this.painters.paint({ pixels, seen, coarse, stride: this.predictor.stride }), this.context.signal);
    } catch (error) {
      this.fault ??= error;
      return undefined;
    }
  }

  /** A fault of one picture is listed; one of the disk ends the job. */
  private async write({ task, recipe, pixels, metadata }: ReadyPicture): Promise<void> {
    const { out, settings, record } = this.workplace;
    const output = join(out, task.output);
    try {
      const bytes = await encodePicture(pixels, settings.format, settings.metadata === false ? { exif: {} } : metadata, settings.quality);
      await ensureFolder(dirname(output));
      await record.add({ output: task.output, input: task.input.path, recipe, bytes: bytes.length });
      await this.publish(output, bytes);
    } catch (error) {
      if (isDiskFault(error)) this.fault ??= error;
      this.report.failed.push({ path: task.input.path, reason: messageOf(error) });
      return this.tell();
    }
    this.report.done++;
    this.report.files.push({ input: task.input.path, output });
    this.context.progress.emit('picture', { input: task.input.path, output });
    this.tell();
  }

  /** Much may have come to the folder since the picture was prepared: what may be replaced is asked once more. */
  private async publish(output: string, bytes: Uint8Array): Promise<void> {
    const { overwrite, originals } = this.workplace;
    if (!overwrite) return writeNewFileWhole(output, bytes);
    if (await originals.has(output)) throw new UserError(originalThere(output));
    await writeFileWhole(output, bytes);
  }

  private tell(tookTime = true): void {
    this.context.progress.progress(this.pace.step(tookTime));
  }
}

function sameSize(one: ReadyPicture, other: ReadyPicture): boolean {
  return one.seen.width === other.seen.width && one.seen.height === other.seen.height;
}

/** Faults that every further picture would meet too. */
const DISK_FAULTS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

function isDiskFault(error: unknown): boolean {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  return error instanceof UserError && cause?.code !== undefined && DISK_FAULTS.has(cause.code);
}
