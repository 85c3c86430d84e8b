/**
 * Everything about a file that is to be colorized up to the network's turn: read, known or new, decoded, seen. None of it
 * takes the main thread for long, so that many files can be prepared while the network works.
 */
import { join } from 'node:path';
import { decodePixels, type Pixels } from '../photos/decode.js';
import { PhotoFault } from '../photos/fault.js';
import { Gate } from '../photos/gate.js';
import { readHeader, MAX_PIXELS, type PhotoHeader } from '../photos/header.js';
import { readWhole } from '../photos/whole-file.js';
import type { Input } from './inputs.js';
import { namedLikePicture } from './output-names.js';
import type { OutputRecord } from './output-record.js';
import { originalThere, type Originals } from './originals.js';
import { DEEP_FORMATS, readKeptMetadata, type KeptMetadata } from './picture-file.js';
import { messageOf } from './path-reason.js';
import { recipeOf, type ColorizeSettings } from './recipe.js';
import { seePicture, type SeenPicture } from './seen-picture.js';

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

/** Pictures of fewer pixels than this are small: so many of them as are under way at a time fit into memory anyway. */
export const SMALL_PIXELS = 2 ** 20;

/** Bytes of pixels of large pictures, decoded and colorized, that may be in memory at a time; a larger one comes alone. */
const LARGE_PICTURE_BYTES = 192 * 2 ** 20;

/** A task's place in the order of the gate. */
interface Turn {
  before: Promise<void>;
  /** Lets the next one come to the gate. */
  pass: () => void;
}

export interface Workplace {
  /** Folder of results. */
  out: string;
  model: string;
  seenSide: number;
  settings: ColorizeSettings;
  overwrite: boolean;
  record: OutputRecord;
  originals: Originals;
}

export class Preparation {
  private readonly gate: Gate;
  /** Settled when every task begun so far has passed the gate, or will not come to it. */
  private turn: Promise<void> = Promise.resolve();

  /** @param memory bytes of pixels of large pictures that may be in memory at a time */
  constructor(
    private readonly workplace: Workplace,
    memory = LARGE_PICTURE_BYTES,
  ) {
    this.gate = new Gate(memory);
  }

  /**
   * Never fails: what is wrong with a file is its result. Tasks pass the gate in the order in which they were begun, which is
   * the order in which results are taken: one that waited for a later one to make room would wait for ever.
   */
  prepare(task: Task): Promise<Prepared> {
    const before = this.turn;
    let pass = () => {};
    const passed = new Promise<void>((resolve) => (pass = resolve));
    this.turn = before.then(() => passed);
    return this.outcome(task, { before, pass }).finally(pass);
  }

  private async outcome(task: Task, turn: Turn): Promise<Prepared> {
    try {
      return await this.tryToPrepare(task, turn);
    } catch (error) {
      if (!(error instanceof PhotoFault)) return { kind: 'failed', task, reason: messageOf(error) };
      const named = task.input.given || namedLikePicture(task.input.path);
      return { kind: error.fate === 'not-a-picture' && !named ? 'ignored' : 'failed', task, reason: error.reason };
    }
  }

  private async tryToPrepare(task: Task, turn: Turn): Promise<Prepared> {
    const { out, model, settings, overwrite, record, originals } = this.workplace;
    const { bytes } = await readWhole(task.input.path);
    const header = await readHeader(bytes, MAX_PIXELS);
    const recipe = recipeOf(bytes, model, settings);
    const target = join(out, task.output);
    if (await originals.has(target)) return { kind: 'failed', task, reason: originalThere(target) };
    const standing = overwrite ? 'absent' : await record.standing(task.output, recipe);
    if (standing === 'done') return { kind: 'done', task };
    if (standing === 'other') return { kind: 'failed', task, reason: existing(target) };
    return { kind: 'ready', picture: await this.decode(task, recipe, bytes, header, turn) };
  }

  private async decode(task: Task, recipe: string, bytes: Buffer, header: PhotoHeader, turn: Turn): Promise<ReadyPicture> {
    const { seenSide, settings } = this.workplace;
    const deep = header.depth === 16 && DEEP_FORMATS.includes(settings.format);
    const release = await this.admit(header, deep, turn);
    try {
      const pixels = await decodePixels(bytes, header, { depth: deep ? 16 : 8 });
      const [seen, metadata] = await Promise.all([seePicture(pixels, seenSide), readKeptMetadata(bytes)]);
      return { task, recipe, pixels, seen, metadata, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  private async admit({ width, height }: PhotoHeader, deep: boolean, { before, pass }: Turn): Promise<() => void> {
    const pixels = width * height;
    if (pixels <= SMALL_PIXELS) return () => {};
    await before;
    const bytes = pixels * 3 * (deep ? 2 : 1);
    const entered = this.gate.enter(2 * bytes);
    pass();
    return entered;
  }
}

function existing(target: string): string {
  return `${target} is there already and was not made by this job (another model, temperature or format, or a file of your own). Allow overwriting, or choose another folder.`;
}
