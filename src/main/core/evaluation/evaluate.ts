/**
 * How good a network is on photographs whose colours are known: it colorizes their lightness, and the results are
 * measured as the files that would be written, beside ways of colorizing that know nothing of the picture.
 */
import { join } from 'node:path';
import { labPlanes } from '../../../shared/colour/lab.js';
import { chromaSum } from '../../../shared/colour/metrics.js';
import { colorizePicture } from '../colorizing/colorize-picture.js';
import { messageOf, type PathReason } from '../colorizing/path-reason.js';
import type { AbPredictor } from '../colorizing/predictor.js';
import { UserError } from '../errors.js';
import type { JobContext } from '../job.js';
import { Pace } from '../pace.js';
import { isGray } from '../photos/colourfulness.js';
import { decodePhoto, type EightBitPixels } from '../photos/decode.js';
import { PhotoFault } from '../photos/fault.js';
import { inOrder } from '../photos/in-order.js';
import { countColours } from '../statistics/count-colours.js';
import { baselinePainters, BASELINES, type Baseline, type Painter, type Palette } from './baselines.js';
import { evaluatedPhotos } from './evaluated-photos.js';
import { PredictionTally, type PredictionFigures } from './prediction-tally.js';

export interface EvaluateOptions {
  folder: string;
  /** File that names the photographs to look at, one path a line, relative to the folder; all of it where absent. */
  list?: string;
  /** See AbPredictor.decode. */
  temperature: number;
  /** Start of the random colours. */
  seed: number;
}

export interface EvaluationReport extends PredictionFigures {
  /** Photographs measured. */
  photos: number;
  /** Mean distance of the true colours from gray, in ab units. */
  trueChroma: number;
  baselines: Record<Baseline, PredictionFigures>;
  /** Files that were not measured: gray, damaged, missing, no pictures. */
  excluded: PathReason[];
}

/** @param predictor with the colours of the photographs that it was trained on, for the baselines */
export type EvaluatedPredictor = AbPredictor & { readonly bins: Palette };

/**
 * @throws UserError when no photograph can be measured; the signal's reason when stopped
 */
export async function evaluate(options: EvaluateOptions, predictor: EvaluatedPredictor, context: JobContext): Promise<EvaluationReport> {
  const { folder, list, temperature, seed } = options;
  const { paths, excluded } = await evaluatedPhotos(folder, list, context.signal);
  const evaluation = new Evaluation({
    network: (photo) => colorizePicture(photo, predictor, temperature),
    ...baselinePainters(predictor.bins, seed),
  });
  const pace = new Pace({ phase: 'Evaluating', unit: 'photographs', total: paths.length });
  for await (const photo of inOrder(paths, PHOTOS_AHEAD, (path) => readTruth(folder, path), context.signal)) {
    if ('reason' in photo) excluded.push(photo);
    else await evaluation.add(photo.pixels, photo.path);
    context.progress.progress(pace.step());
  }
  if (evaluation.photos === 0) throw nothingMeasured(list ?? folder, excluded);
  return { ...evaluation.report(), excluded };
}

/** Photographs decoded before the first of them is measured. */
const PHOTOS_AHEAD = 3;

async function readTruth(folder: string, path: string): Promise<{ path: string; pixels: EightBitPixels } | PathReason> {
  try {
    const pixels = await decodePhoto(join(folder, path));
    if (isGray(countColours(pixels.data))) return { path, reason: 'A photograph without colour: there is no truth to measure against.' };
    return { path, pixels };
  } catch (error) {
    return { path, reason: error instanceof PhotoFault ? error.reason : messageOf(error) };
  }
}

function nothingMeasured(source: string, excluded: readonly PathReason[]): UserError {
  if (excluded.length === 0) return new UserError(`There is no photograph to evaluate in ${source}.`);
  const [{ path, reason }] = excluded;
  return new UserError(`None of the ${excluded.length} files of ${source} can be evaluated. The first, ${path}: ${reason}`);
}

/** Pixels measured at a time: their Lab planes take memory. */
const PIXELS_A_TURN = 2 ** 18;

const WAYS = ['network', ...BASELINES] as const;
type Way = (typeof WAYS)[number];

class Evaluation {
  photos = 0;
  private trueChroma = 0;
  private pixels = 0;
  private readonly tallies: Record<Way, PredictionTally> = {
    network: new PredictionTally(), gray: new PredictionTally(), mostCommon: new PredictionTally(), random: new PredictionTally(),
  };

  constructor(private readonly painters: Record<Way, Painter>) {}

  async add({ data, ...photo }: EightBitPixels, path: string): Promise<void> {
    const painted: [PredictionTally, Uint8Array][] = [];
    for (const way of WAYS) painted.push([this.tallies[way], (await this.painters[way]({ ...photo, data }, path)).data]);
    for (const [tally, predicted] of painted) tally.addPhoto(data, predicted);
    for (let from = 0; from < data.length; from += PIXELS_A_TURN * 3) {
      const part = (samples: Uint8Array) => samples.subarray(from, from + PIXELS_A_TURN * 3);
      const truth = labPlanes(part(data));
      for (const [tally, predicted] of painted) tally.addPixels(truth, part(predicted));
      this.trueChroma += chromaSum(truth);
    }
    this.pixels += data.length / 3;
    this.photos++;
  }

  report(): Omit<EvaluationReport, 'excluded'> {
    const { network, gray, mostCommon, random } = this.tallies;
    return {
      photos: this.photos,
      ...network.figures(),
      trueChroma: this.trueChroma / this.pixels,
      baselines: { gray: gray.figures(), mostCommon: mostCommon.figures(), random: random.figures() },
    };
  }
}
