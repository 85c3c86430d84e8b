/** The weights of an experiment as they moved: a GIF, an animated WebP, or a PNG for each recorded epoch. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { largestWeight, weightGridsChart } from '../../../../shared/charts/labs/weight-grids.js';
import { PENALTY_NAMES } from '../../../../shared/labs/regularization/penalties.js';
import type { FILM_FORMATS } from '../../../../shared/contract/kinds/regularization.js';
import { count } from '../../../../shared/words/words.js';
import { chartPng, chartSvg } from '../../charts/render.js';
import { UserError } from '../../errors.js';
import { writeFault, writeFolderWhole, writeNewFileWhole } from '../../files.js';
import type { JobContext } from '../../job.js';
import { sharp } from '../../photos/codec.js';
import { openLab } from '../lab-folder.js';
import { readExperiment, type ExperimentRecord } from './record.js';

type FilmFormat = (typeof FILM_FORMATS)[number];

export interface FilmOptions {
  /** A finished regularization experiment. */
  run: string;
  /** Folder for the files; made where it is not there. */
  out: string;
  formats: readonly FilmFormat[];
  /** Which run of each penalty, from 0. */
  number: number;
}

/** Milliseconds a frame, and the last one, which is to be looked at. */
const FRAME = 80;
const LAST_FRAME = 2500;

/**
 * @returns Files written; of PNG frames their folder.
 * @throws UserError when the run is none or a file is there already; the signal's reason when stopped
 */
export async function filmWeights({ run, out, formats, number }: FilmOptions, context: JobContext): Promise<{ files: string[]; frames: number }> {
  const record = await readExperiment(await openLab(run, 'regularization'));
  const { runs } = record.lab.file.config;
  if (number >= runs) throw new UserError(`${run} has ${runs} runs of each penalty, numbered from 1: there is no run ${number + 1}.`);
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw writeFault(out, error);
  });
  const frames = await drawFrames(record, number, context);
  const files: string[] = [];
  for (const format of formats) {
    context.signal.throwIfAborted();
    files.push(await WRITERS[format](frames, out));
  }
  return { files, frames: frames.length };
}

/** Every recorded epoch as a PNG, all on one scale. */
async function drawFrames({ lab, epochs, networksAt }: ExperimentRecord, number: number, { signal, progress }: JobContext): Promise<Uint8Array[]> {
  const { kinds } = lab.file.config.penalty;
  const all = epochs.map((_, at) => kinds.map((kind) => networksAt(at, kind)[number]));
  const limit = largestWeight(all.flat());
  const frames: Uint8Array[] = [];
  for (const [at, networks] of all.entries()) {
    signal.throwIfAborted();
    progress.progress({ phase: 'Drawing frames', done: at, total: all.length, unit: 'frames' });
    const named = networks.map((layers, k) => ({ name: PENALTY_NAMES[kinds[k]], layers }));
    frames.push(await chartPng(chartSvg(weightGridsChart({ note: `Run ${number + 1}, epoch ${count(epochs[at].epoch)}`, networks: named, limit }))));
  }
  return frames;
}

const WRITERS: Record<FilmFormat, (frames: readonly Uint8Array[], out: string) => Promise<string>> = {
  gif: async (frames, out) => written(join(out, 'weights.gif'), await (await strip(frames)).gif({ loop: 0, delay: delays(frames.length), effort: 4 }).toBuffer()),
  webp: async (frames, out) => written(join(out, 'weights.webp'), await (await strip(frames)).webp({ loop: 0, delay: delays(frames.length), lossless: true, effort: 2 }).toBuffer()),
  png: async (frames, out) => {
    const folder = join(out, 'weights-frames');
    await writeFolderWhole(folder, async (aside) => {
      for (const [k, frame] of frames.entries()) await writeFile(join(aside, `frame-${String(k + 1).padStart(4, '0')}.png`), frame);
    });
    return folder;
  },
};

async function written(path: string, data: Uint8Array): Promise<string> {
  await writeNewFileWhole(path, data);
  return path;
}

/** The frames one below the other at half their size, which sharp takes for an animation. */
async function strip(frames: readonly Uint8Array[]) {
  const { width = 0 } = await sharp(frames[0]).metadata();
  const side = Math.round(width / 2);
  const raw = await Promise.all(frames.map((frame) => sharp(frame).resize(side).flatten({ background: '#ffffff' }).removeAlpha().raw().toBuffer({ resolveWithObject: true })));
  const { width: w, height: h } = raw[0].info;
  return sharp(Buffer.concat(raw.map(({ data }) => data)), { raw: { width: w, height: h * raw.length, channels: 3, pageHeight: h } });
}

function delays(frames: number): number[] {
  return Array.from({ length: frames }, (_, k) => (k === frames - 1 ? LAST_FRAME : FRAME));
}
