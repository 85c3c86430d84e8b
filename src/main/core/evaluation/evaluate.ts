/**
 * How good a network is on photographs whose colours are known: it colorizes their lightness, and the results are
 * measured as the files that would be written, beside ways of colorizing that know nothing of the picture.
 */
import { join } from 'node:path';
import { labPlanes } from '../../../shared/colour/lab.js';
import { chromaSum, vividness } from '../../../shared/colour/metrics.js';
import type { EvaluationFigures, EvaluationFile, PhotoFigures } from '../../../shared/run/evaluation.js';
import { colorizePicture } from '../colorizing/colorize-picture.js';
import { messageOf, type PathReason } from '../colorizing/path-reason.js';
import type { AbPredictor } from '../colorizing/predictor.js';
import { UserError } from '../errors.js';
import type { JobContext } from '../job.js';
import { Pace } from '../pace.js';
import { isGray } from '../photos/colourfulness.js';
import { contentIdOf, demandContent } from '../photos/content-id.js';
import { decodePhoto, type EightBitPixels } from '../photos/decode.js';
import { PhotoFault } from '../photos/fault.js';
import { inOrder } from '../photos/in-order.js';
import { readWhole } from '../photos/whole-file.js';
import { countColours } from '../statistics/count-colours.js';
import { baselinePainters, BASELINES, type Painter, type Palette } from './baselines.js';
import { evaluatedPhotos, sourceOf, type PhotoChoice } from './evaluated-photos.js';
import { Extremes, type ShownEnd } from './extremes.js';
import { pixelRanges } from './pixel-ranges.js';
import { PredictionTally } from './prediction-tally.js';
import { stripOf } from './strip.js';
import { coloursOf, subjectsOf } from './weak-points.js';
import { WornTallies } from './worn-tallies.js';

export interface EvaluateOptions extends PhotoChoice {
  /** See AbPredictor.decode. */
  temperature: number;
  /** Start of the random colours. */
  seed: number;
  /** Whether the photographs are also measured as old scans of them; see wear.ts. */
  worn?: boolean;
}

/** What was found of a set of photographs, as the file of an evaluation has it. */
export type EvaluationReport = Pick<
  EvaluationFile,
  keyof EvaluationFigures | 'folder' | 'list' | 'temperature' | 'seed' | 'photos' | 'trueChroma' | 'vividness' | 'subjects' | 'colours' | 'worn' | 'baselines' | 'best' | 'worst' | 'excluded'
>;

/** A report with all that is too long for it. */
export interface Evaluated {
  report: EvaluationReport;
  /** Every photograph measured, in order. */
  photographs: PhotoFigures[];
  /** The strips that the report names, WebP. */
  strips: Map<string, Uint8Array>;
}

/** @param predictor with the colours of the photographs that it was trained on, for the baselines */
export type EvaluatedPredictor = AbPredictor & { readonly bins: Palette };

/**
 * @throws UserError when no photograph can be measured; the signal's reason when stopped
 */
export async function evaluate(options: EvaluateOptions, predictor: EvaluatedPredictor, context: JobContext): Promise<Evaluated> {
  const { folder, list, temperature, seed } = options;
  const { paths, excluded } = await evaluatedPhotos(options, context.signal);
  const colorize = (photo: EightBitPixels) => colorizePicture(photo, predictor, temperature);
  const evaluation = new Evaluation({ network: colorize, ...baselinePainters(predictor.bins, seed) });
  const worn = options.worn === true ? new WornTallies(colorize) : undefined;
  const contents = new Map(options.photos?.map(({ path, contentId }) => [path, contentId]));
  const pace = new Pace({ phase: 'Evaluating', unit: 'photographs', total: paths.length });
  for await (const photo of inOrder(paths, PHOTOS_AHEAD, (path) => readTruth(folder, path, contents.get(path)), context.signal)) {
    if ('reason' in photo) excluded.push(photo);
    else {
      await evaluation.add(photo.pixels, photo.path);
      await worn?.add(photo.pixels, photo.content);
    }
    context.progress.progress(pace.step());
  }
  if (evaluation.photographs.length === 0) throw nothingMeasured(sourceOf(options), excluded);
  const { shown, strips } = evaluation.shown();
  const totals = evaluation.totals();
  return {
    report: { folder, ...(list !== undefined && { list }), temperature, seed, ...totals, ...(worn && { worn: worn.figures(totals) }), ...shown, excluded },
    photographs: evaluation.photographs, strips,
  };
}

/** Photographs decoded before the first of them is measured. */
const PHOTOS_AHEAD = 3;

/** A photograph whose colours are known. */
interface Truth {
  path: string;
  pixels: EightBitPixels;
  /** Id of its file. */
  content: string;
}

/** @param contentId Of a photograph that the run knows: another file in its place says nothing of the run. */
async function readTruth(folder: string, path: string, contentId: string | undefined): Promise<Truth | PathReason> {
  try {
    const { bytes } = await readWhole(join(folder, path));
    if (contentId !== undefined) demandContent(bytes, contentId);
    const pixels = await decodePhoto(bytes);
    if (isGray(countColours(pixels.data))) return { path, reason: 'A photograph without colour: there is no truth to measure against.' };
    return { path, pixels, content: contentIdOf(bytes) };
  } catch (error) {
    return { path, reason: error instanceof PhotoFault ? error.reason : messageOf(error) };
  }
}

function nothingMeasured(source: string, excluded: readonly PathReason[]): UserError {
  if (excluded.length === 0) return new UserError(`There is no photograph to evaluate in ${source}.`);
  const [{ path, reason }] = excluded;
  return new UserError(`None of the ${excluded.length} files of ${source} can be evaluated. The first, ${path}: ${reason}`);
}

const WAYS = ['network', ...BASELINES] as const;
type Way = (typeof WAYS)[number];

/** Photographs shown of each end. */
const SHOWN = 8;

class Evaluation {
  readonly photographs: PhotoFigures[] = [];
  private readonly all = newTallies();
  private readonly extremes = new Extremes(SHOWN);
  private trueChroma = 0;
  private pixels = 0;

  constructor(private readonly painters: Record<Way, Painter>) {}

  async add(truth: EightBitPixels, path: string): Promise<void> {
    const painted = {} as Record<Way, EightBitPixels>;
    for (const way of WAYS) painted[way] = await this.painters[way](truth, path);
    const { tallies, chroma } = measured(truth, painted);
    for (const way of WAYS) this.all[way].absorb(tallies[way]);
    const pixels = truth.data.length / 3;
    this.trueChroma += chroma;
    this.pixels += pixels;
    const figures = photoFigures(path, tallies, chroma / pixels);
    this.photographs.push(figures);
    await this.extremes.add(figures, () => stripOf({ gray: painted.gray, colorized: painted.network, truth }));
  }

  /** Figures over all photographs. */
  totals() {
    const { network, gray, mostCommon, random } = this.all;
    const [figures, trueChroma] = [network.figures(), this.trueChroma / this.pixels];
    return {
      photos: this.photographs.length,
      ...figures, trueChroma,
      vividness: vividness(figures.chroma, trueChroma),
      subjects: subjectsOf(this.photographs),
      colours: coloursOf(network.accuracy, gray.accuracy),
      baselines: { gray: gray.figures(), mostCommon: mostCommon.figures(), random: random.figures() },
    };
  }

  /** The best and the worst photographs, and their strips by name. */
  shown(): { shown: Pick<EvaluationReport, 'best' | 'worst'>; strips: Map<string, Uint8Array> } {
    const strips = new Map<string, Uint8Array>();
    const named = (end: 'best' | 'worst', list: readonly ShownEnd[]) => list.map(({ figures, strip }, index) => {
      const name = `${end}-${index + 1}.webp`;
      strips.set(name, strip);
      return { ...figures, strip: name };
    });
    const { best, worst } = this.extremes.ends();
    return { shown: { best: named('best', best), worst: named('worst', worst) }, strips };
  }
}

function newTallies(): Record<Way, PredictionTally> {
  return { network: new PredictionTally(), gray: new PredictionTally(), mostCommon: new PredictionTally(), random: new PredictionTally() };
}

/** One photograph, measured each way; and the sum of the chroma of its true colours. */
function measured(picture: EightBitPixels, painted: Record<Way, EightBitPixels>): { tallies: Record<Way, PredictionTally>; chroma: number } {
  const tallies = newTallies();
  let chroma = 0;
  for (const way of WAYS) tallies[way].addPhoto(picture.data, painted[way].data);
  for (const range of pixelRanges(picture)) {
    const truth = labPlanes(picture.data.subarray(...range));
    for (const way of WAYS) tallies[way].addPixels(truth, painted[way].data.subarray(...range));
    chroma += chromaSum(truth);
  }
  return { tallies, chroma };
}

function photoFigures(path: string, { network, gray }: Record<Way, PredictionTally>, trueChroma: number): PhotoFigures {
  const { auc, aucRebalanced, psnr, chroma } = network.figures();
  return { path, auc, aucRebalanced, psnr, chroma, grayAuc: gray.auc(), trueChroma };
}
