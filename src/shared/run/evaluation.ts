/**
 * What an evaluation of a run found, and the file that keeps it beside the run: RUN/evaluations/ID/evaluation.json.
 */
import { z } from 'zod';
import { FARTHEST } from '../colour/metrics.js';

/** Version of the file's format that this program writes; every version ever written stays readable. */
export const EVALUATION_VERSION = 1;

/** Names an evaluation of a run: when it was made (UTC) and a few digits against two in one second. */
export const evaluationIdSchema = z.string().regex(/^\d{8}-\d{6}-[0-9a-f]{4}$/, 'expected the id of an evaluation');

/** Photographs of the run's own folder that an evaluation can look at: neither was ever learnt from. */
export const EVALUATED_PARTS = ['test', 'validation'] as const;
export type EvaluatedPart = (typeof EVALUATED_PARTS)[number];

/** Ways in which prints and scans age; core/evaluation/wear.ts says how each is made. */
export const WEARS = ['sepia', 'faded', 'grainy', 'scratched'] as const;
export type Wear = (typeof WEARS)[number];

const count = z.int().nonnegative();
/** Share of the pixels, 0..1, within 0, 1 ... 150 ab units of the truth. */
const curve = z.array(z.number()).length(FARTHEST + 1);

/** How near the colours of one way of colorizing come to the true ones, over a set of photographs. */
export const figuresSchema = z.object({
  /** Area under the curve, percent (Zhang et al. 2016, 3.1). */
  auc: z.number(),
  /** The same with every 10-unit tile of true colours counting alike. */
  aucRebalanced: z.number(),
  /** dB, mean over photographs. */
  psnr: z.number(),
  /** Mean distance of the predicted colours from gray, ab units. */
  chroma: z.number(),
  curve,
  curveRebalanced: curve,
});
export type EvaluationFigures = z.infer<typeof figuresSchema>;

/** One photograph in figures. */
const photoFiguresSchema = z.object({
  /** Relative to the folder. */
  path: z.string(),
  /** As the run colorizes it: percent, percent, dB, ab units. */
  auc: z.number(),
  aucRebalanced: z.number(),
  psnr: z.number(),
  chroma: z.number(),
  /** Left gray: percent. */
  grayAuc: z.number(),
  /** Mean distance of its true colours from gray, ab units. */
  trueChroma: z.number(),
});
export type PhotoFigures = z.infer<typeof photoFiguresSchema>;

/** A photograph that is shown: its strip (gray, colorized, true) lies beside the file under this name. */
const shownPhotoSchema = photoFiguresSchema.extend({ strip: z.string().regex(/^[a-z0-9-]+\.webp$/) });
export type ShownPhoto = z.infer<typeof shownPhotoSchema>;

/** Photographs of one first-level subfolder: means over its photographs, each counting alike. */
const subjectSchema = z.object({
  /** Of the subfolder; empty for photographs in the folder itself. */
  name: z.string(),
  photos: count,
  /** Percent, percent, percent, dB. */
  auc: z.number(),
  aucRebalanced: z.number(),
  grayAuc: z.number(),
  psnr: z.number(),
  /** Mean chroma over mean true chroma. */
  vividness: z.number(),
});
export type SubjectFigures = z.infer<typeof subjectSchema>;

/** Pixels whose true colours are of one family. */
const colourSchema = z.object({
  /** As `COLOUR_FAMILIES` names it. */
  name: z.string(),
  /** Share of the pixels, 0..1. */
  share: z.number(),
  /** Percent: as the run colorizes them, and left gray. */
  auc: z.number(),
  grayAuc: z.number(),
});
export type ColourFigures = z.infer<typeof colourSchema>;

/** The same photographs, worn before the run saw them. */
const wornSchema = z.object({
  wear: z.enum(WEARS),
  /** Percent, percent, ab units. */
  auc: z.number(),
  aucRebalanced: z.number(),
  chroma: z.number(),
  vividness: z.number(),
  /** Points of rebalanced AuC below the photographs as they are. */
  lost: z.number(),
});
export type WornFigures = z.infer<typeof wornSchema>;

/** A file that was not measured, and why. */
const excludedSchema = z.object({ path: z.string(), reason: z.string() });

/** Fields that the file and the result of the job share. */
export const evaluationShape = {
  /** Step of the checkpoint that was used. */
  step: count,
  /** Absolute path. */
  folder: z.string(),
  /** Which photographs of the run's own it looked at; absent where they were another folder's. */
  part: z.enum(EVALUATED_PARTS).optional(),
  /** File that named the photographs of the folder; absent where there was none. */
  list: z.string().optional(),
  temperature: z.number(),
  /** Start of the random colours. */
  seed: count,
  /** Photographs measured. */
  photos: count,
  ...figuresSchema.shape,
  /** Mean distance of the true colours from gray, ab units. */
  trueChroma: z.number(),
  /** Mean chroma over mean true chroma (`vividness`); evaluations of before it was told lack it, and what it is made of says it. */
  vividness: z.number().optional(),
  /** By rebalanced AuC, the weakest first; evaluations of before lack them. */
  subjects: z.array(subjectSchema).optional(),
  /** By AuC, the weakest first; evaluations of before lack them. */
  colours: z.array(colourSchema).optional(),
  /** Where worn ones were asked for, in the order of `WEARS`. */
  worn: z.array(wornSchema).optional(),
  baselines: z.object({ gray: figuresSchema, mostCommon: figuresSchema, random: figuresSchema }),
  /** Nearest to the truth, the nearest first; and farthest from it, the farthest first. No photograph is in both. */
  best: z.array(shownPhotoSchema),
  worst: z.array(shownPhotoSchema),
  /** Files that were not measured: gray, damaged, missing, no pictures. */
  excluded: z.array(excludedSchema),
};

export const evaluationFileSchema = z.object({
  version: z.literal(EVALUATION_VERSION),
  /** ISO 8601, UTC. */
  created: z.string(),
  ...evaluationShape,
});
export type EvaluationFile = z.infer<typeof evaluationFileSchema>;
