/**
 * One photograph, open beside a network: shown at any temperature, as gray, as its colour map alone or as it was, at the size
 * of a screen and as the file that a job would write.
 */
import type { LiveFacts, LiveFigures, LiveSize, LiveView, PlaceAnswer } from '../../../shared/contract/live-view.js';
import { labPlanes, labToLinear, lightnessOf } from '../../../shared/colour/lab.js';
import { byteOfLinear } from '../../../shared/colour/gamut.js';
import { GuidedColour, type CoarseColour } from '../../../shared/colour/guided.js';
import type { Hint } from '../../../shared/colour/hints.js';
import { ColourAccuracy, peakSignalToNoise } from '../../../shared/colour/metrics.js';
import { sharp, withCodec } from '../photos/codec.js';
import { contentIdOf } from '../photos/content-id.js';
import { isGray } from '../photos/colourfulness.js';
import { decodePixels, type EightBitPixels, type Pixels } from '../photos/decode.js';
import { MAX_PIXELS, readHeader } from '../photos/header.js';
import { readWhole } from '../photos/whole-file.js';
import { countColours } from '../statistics/count-colours.js';
import { KeptScores, type ScoringPredictor } from './kept-scores.js';
import { paintPicture } from './painted-picture.js';
import { DEEP_FORMATS, encodePicture, readKeptMetadata, type PictureFormat } from './picture-file.js';
import { seePicture, type SeenPicture, withHints } from './seen-picture.js';

/** Longest sides, in pixels: while something is being moved, and at rest. Smaller photographs are shown as they are. */
const SIDES: Readonly<Record<LiveSize, number>> = { draft: 512, preview: 1536 };

/** The network's answer at one place of a photograph; the shares as Float64Array [Q]. */
export type PlaceShares = Omit<PlaceAnswer, 'shares'> & { shares: Float64Array };

/** Colours that bins stand for, beside what colorizing asks of a network. */
export type LiveNetwork = ScoringPredictor & { readonly bins: { readonly a: Float64Array; readonly b: Float64Array } };

interface Annealed {
  temperature: number;
  colours: Promise<CoarseColour>;
  painted: Partial<Record<LiveSize, Promise<EightBitPixels>>>;
}

/** What the network says with some hints; colours at the temperature asked for last, and the pictures painted with them. */
interface Answered {
  scores: KeptScores;
  latest?: Annealed;
}

/** Sets of hints whose scores are kept: the present ones, those without the chosen hint, and those before. */
const ANSWERS_KEPT = 3;
/** What they may take together beside the present one, in bytes. */
const MOST_ANSWER_BYTES = 128 * 2 ** 20;

export class LivePicture {
  /** By hints; last used last. */
  private readonly answers = new Map<string, Answered>();
  private draft: Promise<EightBitPixels> | undefined;

  private constructor(
    private readonly path: string,
    readonly facts: LiveFacts,
    private readonly preview: EightBitPixels,
    private readonly seen: SeenPicture,
    private readonly network: LiveNetwork,
  ) {}

  /** @throws PhotoFault that says in plain words why the file cannot be shown. */
  static async open(path: string, network: LiveNetwork): Promise<LivePicture> {
    const { bytes } = await readWhole(path);
    const header = await readHeader(bytes, MAX_PIXELS);
    const pixels = await decodePixels(bytes, header, { depth: 8 });
    const [seen, preview] = await Promise.all([seePicture(pixels, network), within(pixels, SIDES.preview)]);
    const facts: LiveFacts = {
      width: pixels.width, height: pixels.height, shownWidth: preview.width, shownHeight: preview.height,
      format: header.format, depth: header.depth, fileBytes: bytes.length, content: contentIdOf(bytes), gray: isGray(countColours(preview.data)),
    };
    return new LivePicture(path, facts, preview, seen, network);
  }

  /** Memory that it takes. */
  get bytes(): number {
    return this.preview.data.byteLength + this.seen.lightness.byteLength + this.seen.guide.byteLength + this.bytesOfAnswers;
  }

  /**
   * @param temperature see AbPredictor.decode; only colours ask for it, and for hints
   * @param hints Colour hints; a network that takes none goes on without.
   */
  async show(view: LiveView, temperature: number, size: LiveSize, hints: readonly Hint[] = []): Promise<EightBitPixels> {
    if (view === 'colour') return this.painted(temperature, size, hints);
    const base = await this.base(size);
    if (view === 'truth') return base;
    return view === 'gray' ? grayOf(base) : this.mapOf(await this.annealed(temperature, hints).colours, base);
  }

  /** @param x,y part of the width and of the height, 0..1 */
  async at(x: number, y: number, temperature: number, hints: readonly Hint[] = []): Promise<PlaceShares> {
    const { scores } = this.answered(hints);
    const shares = scores.shares(x, y, 1);
    const annealed = scores.shares(x, y, temperature);
    const { a, b } = this.network.bins;
    const sum = (colours: Float64Array) => annealed.reduce((total, share, q) => total + share * colours[q], 0);
    const painted = await this.painted(temperature, 'preview', hints);
    const truth = sampleAt(this.preview, x, y);
    return {
      shares, mean: { a: sum(a), b: sum(b) },
      lightness: lightnessOf(Uint8Array.from(truth))[0], truth, painted: sampleAt(painted, x, y),
    };
  }

  /** How near the colours come to the file's own, measured at the size of the preview; nothing for a photograph without colour. */
  async figures(temperature: number, hints: readonly Hint[] = []): Promise<LiveFigures | undefined> {
    if (this.facts.gray) return undefined;
    const painted = await this.painted(temperature, 'preview', hints);
    const accuracy = new ColourAccuracy();
    accuracy.add(labPlanes(this.preview.data), labPlanes(painted.data));
    return { auc: accuracy.auc(), psnr: peakSignalToNoise(this.preview.data, painted.data) };
  }

  /** The file that a job would write: full size, with the photograph's metadata. */
  async file(format: PictureFormat, temperature: number, hints: readonly Hint[] = []): Promise<Buffer> {
    const { bytes } = await readWhole(this.path);
    const header = await readHeader(bytes, MAX_PIXELS);
    const deep = header.depth === 16 && DEEP_FORMATS.includes(format);
    const pixels: Pixels = await decodePixels(bytes, header, { depth: deep ? 16 : 8 });
    const painted = await paintPicture(pixels, this.seen, await this.annealed(temperature, hints).colours, this.network.stride);
    return encodePicture(painted, format, await readKeptMetadata(bytes));
  }

  private annealed(temperature: number, hints: readonly Hint[]): Annealed {
    const answered = this.answered(hints);
    if (answered.latest?.temperature !== temperature) answered.latest = { temperature, colours: answered.scores.colours(temperature), painted: {} };
    return answered.latest;
  }

  private painted(temperature: number, size: LiveSize, hints: readonly Hint[]): Promise<EightBitPixels> {
    const { colours, painted } = this.annealed(temperature, hints);
    return (painted[size] ??= this.paint(colours, size));
  }

  /** The network's answer with hints: asked anew where they are others. */
  private answered(hints: readonly Hint[]): Answered {
    const taken = this.network.takesHints ? hints : [];
    const key = JSON.stringify(taken);
    const answered = this.answers.get(key) ?? { scores: new KeptScores(this.network, withHints(this.seen, taken)) };
    this.answers.delete(key);
    for (const old of this.answers.keys()) {
      if (this.answers.size < ANSWERS_KEPT && this.bytesOfAnswers <= MOST_ANSWER_BYTES) break;
      this.answers.delete(old);
    }
    this.answers.set(key, answered);
    return answered;
  }

  private get bytesOfAnswers(): number {
    return [...this.answers.values()].reduce((sum, { scores }) => sum + scores.bytes, 0);
  }

  private async paint(colours: Promise<CoarseColour>, size: LiveSize): Promise<EightBitPixels> {
    return paintPicture(await this.base(size), this.seen, await colours, this.network.stride);
  }

  private base(size: LiveSize): Promise<EightBitPixels> {
    if (size === 'preview') return Promise.resolve(this.preview);
    return (this.draft ??= within(this.preview, SIDES.draft));
  }

  /** The colours alone at L = 100. None but white lies within sRGB there: channels are clipped, as the post's pictures are. */
  private mapOf(coarse: CoarseColour, base: EightBitPixels): EightBitPixels {
    const { width, height } = base;
    const { stride } = this.network;
    const colour = new GuidedColour(coarse, { width, height, cellsAcross: this.seen.width / stride, cellsDown: this.seen.height / stride });
    const [a, b] = [new Float32Array(width), new Float32Array(width)];
    const L = lightnessOf(base.data);
    const data = new Uint8Array(base.data.length);
    const light: [number, number, number] = [0, 0, 0];
    for (let y = 0, p = 0; y < height; y++) {
      colour.row(y, L.subarray(y * width, (y + 1) * width), a, b);
      for (let x = 0; x < width; x++, p += 3) {
        labToLinear(100, a[x], b[x], light);
        data[p] = byteOfLinear(light[0]);
        data[p + 1] = byteOfLinear(light[1]);
        data[p + 2] = byteOfLinear(light[2]);
      }
    }
    return { ...base, data };
  }
}

/** Only its lightness: red, green and blue alike to the last bit. */
function grayOf(picture: EightBitPixels): EightBitPixels {
  const data = new Uint8Array(picture.data.length);
  const light: [number, number, number] = [0, 0, 0];
  lightnessOf(picture.data).forEach((L, i) => {
    labToLinear(L, 0, 0, light);
    data.fill(byteOfLinear(light[1]), 3 * i, 3 * i + 3);
  });
  return { ...picture, data };
}

/** A picture as a file for a page, without loss; compressed quickly rather than small. */
export function asPng({ data, width, height }: EightBitPixels): Promise<Buffer> {
  return withCodec(() => sharp(data, { raw: { width, height, channels: 3 } }).png({ compressionLevel: 2 }).toBuffer());
}

/** The picture itself, or reduced so that its longer side is `side`. */
async function within(pixels: EightBitPixels, side: number): Promise<EightBitPixels> {
  const { width, height, data } = pixels;
  if (Math.max(width, height) <= side) return pixels;
  const reduced = await withCodec(() => sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize({ width: side, height: side, fit: 'inside' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }));
  return { ...pixels, width: reduced.info.width, height: reduced.info.height, data: reduced.data };
}

function sampleAt({ data, width, height }: EightBitPixels, x: number, y: number): [number, number, number] {
  const along = (part: number, length: number) => Math.min(length - 1, Math.max(0, Math.floor(part * length)));
  const p = 3 * (along(y, height) * width + along(x, width));
  return [data[p], data[p + 1], data[p + 2]];
}
