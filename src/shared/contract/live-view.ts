/** Photographs looked at with the weights of a run, as windows see them. */
import { z } from 'zod';

const count = z.int().nonnegative();
const rgb = z.tuple([count, count, count]);

/** gray: its lightness; colour: colorized; map: the colours laid over it, at L = 100; truth: as the file has it. */
export const LIVE_VIEWS = ['gray', 'colour', 'map', 'truth'] as const;
export type LiveView = (typeof LIVE_VIEWS)[number];

/** `draft` while something is being moved, `preview` at rest. */
export const LIVE_SIZES = ['draft', 'preview'] as const;
export type LiveSize = (typeof LIVE_SIZES)[number];

/** Weights that are open. */
export const openWeightsSchema = z.object({
  /** Step of the checkpoint, and of the newest one that the run has. */
  step: count,
  newest: count,
  /** Shorter side at which photographs are seen, in pixels. */
  seenSide: count,
  /** That colours are taken at unless another is chosen. */
  temperature: z.number(),
  /** Whether the network looks at colour hints. */
  takesHints: z.boolean(),
  /** ab units a side of a bin. */
  window: z.number(),
  /** Tiles and colours of the bins, in the network's order. */
  bins: z.array(z.object({ row: count, column: count, a: z.number(), b: z.number() })),
});
export type OpenWeights = z.infer<typeof openWeightsSchema>;

export const liveFactsSchema = z.object({
  /** Upright, in pixels. */
  width: count,
  height: count,
  /** Size at which it is shown at rest. */
  shownWidth: count,
  shownHeight: count,
  /** Format of the file. */
  format: z.string(),
  /** Bits a sample in the file. */
  depth: z.union([z.literal(8), z.literal(16)]),
  fileBytes: count,
  /** Content id: hints are kept by it. */
  content: z.string(),
  /** No colour in it: there is no truth to compare with. */
  gray: z.boolean(),
});
export type LiveFacts = z.infer<typeof liveFactsSchema>;

/** How near the colours come to the file's own, at the size shown. */
export const liveFiguresSchema = z.object({
  /** Percent. */
  auc: z.number(),
  /** dB */
  psnr: z.number(),
});
export type LiveFigures = z.infer<typeof liveFiguresSchema>;

/** The network's answer at one place. */
export const placeAnswerSchema = z.object({
  /** How likely each bin is, before any temperature; sums to 1. */
  shares: z.array(z.number()),
  /** Mean of the bin colours at the temperature. */
  mean: z.object({ a: z.number(), b: z.number() }),
  /** 0..100 */
  lightness: z.number(),
  /** sRGB of the place, in the file and as painted. */
  truth: rgb,
  painted: rgb,
});
export type PlaceAnswer = z.infer<typeof placeAnswerSchema>;
