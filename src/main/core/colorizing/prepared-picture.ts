/**
 * Everything about a file that is to be colorized up to the network's turn: read, known or new, decoded, seen. None of it
 * takes the main thread for long, so that many files can be prepared while the network works.
 */
import { join } from 'node:path';
import { contentIdOf } from '../photos/content-id.js';
import { decodePixels, type Pixels } from '../photos/decode.js';
import { PhotoFault } from '../photos/fault.js';
import { readHeader, MAX_PIXELS, type PhotoHeader } from '../photos/header.js';
import { SMALL_PIXELS } from '../photos/pixel-copy.js';
import { namedLikePicture } from '../../../shared/picture-names.js';
import { withWholeFile } from '../photos/whole-file.js';
import type { Input } from './inputs.js';
import type { OutputRecord } from './output-record.js';
import { OrderedGate, type Place } from './ordered-gate.js';
import { originalThere, type Originals } from './originals.js';
import { DEEP_FORMATS, readKeptMetadata, type KeptMetadata } from './picture-file.js';
import { messageOf } from './path-reason.js';
import type { HintsOf } from './hint-source.js';
import { recipeOf, type ColorizeSettings, type Ingredients } from './recipe.js';
import { type NetworkEye, seePicture, type SeenPicture, withHints } from './seen-picture.js';

/** A file and the name of its colorized copy below the folder of results. */
export interface Task {
  input: Input;
  output: string;
}

/** A file before the network's turn. */
export type Prepared =
  | { kind: 'ready'; picture: ReadyPicture }
  | { kind: 'done'; task: Task }
  | { kind: 'ignored' | 'failed'; task: Task; reason: string };

export interface ReadyPicture {
  task: Task;
  recipe: string;
  pixels: Pixels;
  seen: SeenPicture;
  metadata: KeptMetadata;
  /** Lets the next large picture be decoded; to be called once, when the pixels are not needed any more. */
  release: () => void;
}

/** What may be in memory at a time, in bytes; what is larger comes alone. */
export interface MemoryLimits {
  /** Files that are read and not yet decoded. */
  files: number;
  /** Pixels of large pictures, decoded and colorized. */
  pixels: number;
}

const MEMORY_LIMITS: MemoryLimits = { files: 64 * 2 ** 20, pixels: 192 * 2 ** 20 };

/** A task's places before the two gates. */
interface Places {
  files: Place;
  pixels: Place;
}

export interface Workplace {
  /** Folder of results. */
  out: string;
  model: string;
  eye: NetworkEye;
  settings: ColorizeSettings;
  hintsOf: HintsOf;
  overwrite: boolean;
  record: OutputRecord;
  originals: Originals;
}

export class Preparation {
  private readonly files: OrderedGate;
  private readonly pixels: OrderedGate;

  constructor(
    private readonly workplace: Workplace,
    signal: AbortSignal,
    limits = MEMORY_LIMITS,
  ) {
    this.files = new OrderedGate(limits.files, signal);
    this.pixels = new OrderedGate(limits.pixels, signal);
  }

  /**
   * Never fails: what is wrong with a file is its result. Results are to be taken in the order in which tasks were begun, which
   * is the order in which they come to memory.
   */
  prepare(task: Task): Promise<Prepared> {
    const places = { files: this.files.takePlace(), pixels: this.pixels.takePlace() };
    return this.outcome(task, places).finally(() => {
      places.files.giveUp();
      places.pixels.giveUp();
    });
  }

  private async outcome(task: Task, places: Places): Promise<Prepared> {
    try {
      return await this.read(task, places);
    } catch (error) {
      if (!(error instanceof PhotoFault)) return { kind: 'failed', task, reason: messageOf(error) };
      const named = task.input.given || namedLikePicture(task.input.path);
      return { kind: error.fate === 'not-a-picture' && !named ? 'ignored' : 'failed', task, reason: error.reason };
    }
  }

  private read(task: Task, { files, pixels }: Places): Promise<Prepared> {
    return withWholeFile(task.input.path, files, (bytes) => this.settle(task, bytes, pixels));
  }

  private async settle(task: Task, bytes: Buffer, place: Place): Promise<Prepared> {
    const { out, model, settings, hintsOf, overwrite, record, originals } = this.workplace;
    const header = await readHeader(bytes, MAX_PIXELS);
    const content = contentIdOf(bytes);
    const hints = hintsOf(task.input, content);
    const recipe = recipeOf({ content, hints }, model, settings);
    const target = join(out, task.output);
    if (await originals.has(target)) return { kind: 'failed', task, reason: originalThere(target) };
    const standing = overwrite ? 'absent' : await record.standing(task.output, recipe);
    if (standing === 'done') return { kind: 'done', task };
    if (standing === 'other') return { kind: 'failed', task, reason: existing(target) };
    return { kind: 'ready', picture: await this.decode({ task, recipe, hints }, bytes, header, place) };
  }

  private async decode({ task, recipe, hints }: { task: Task; recipe: string } & Pick<Ingredients, 'hints'>, bytes: Buffer, header: PhotoHeader, place: Place): Promise<ReadyPicture> {
    const { eye, settings } = this.workplace;
    const deep = header.depth === 16 && DEEP_FORMATS.includes(settings.format);
    const release = await admit(header, deep, place);
    try {
      const pixels = await decodePixels(bytes, header, { depth: deep ? 16 : 8 });
      const [seen, metadata] = await Promise.all([seePicture(pixels, eye), readKeptMetadata(bytes)]);
      return { task, recipe, pixels, seen: withHints(seen, hints), metadata, release };
    } catch (error) {
      release();
      throw error;
    }
  }
}

/** Waits until there is room for a large picture: for decoding it, and then for its pixels before and after colorizing. */
async function admit({ width, height, bytesPerPixel }: PhotoHeader, deep: boolean, place: Place): Promise<() => void> {
  if (width * height <= SMALL_PIXELS) return () => {};
  const twice = 2 * 3 * (deep ? 2 : 1);
  return place.enter(width * height * Math.max(twice, bytesPerPixel));
}

function existing(target: string): string {
  return `${target} is there already and was not made by this job (another model, temperature, format, quality or hint, or a file of your own). Allow overwriting, or choose another folder.`;
}
