import { z } from 'zod';
import { hintsSchema } from '../../colour/hints.js';
import { absolutePath } from '../absolute-path.js';
import { pathReason, checkpointChoice, temperature } from '../kinds/trained.js';
import { liveFactsSchema, liveFiguresSchema, openWeightsSchema, placeAnswerSchema } from '../live-view.js';
import { runIdSchema } from '../run-view.js';

const count = z.int().nonnegative();
/** Names a set of photographs that was gathered; the engine hands it out. */
const setId = z.string().regex(/^[0-9a-f]{16}$/, 'expected the id of a set of photographs');
/** A photograph of a set, beside the weights of a run's step. */
const shown = { run: runIdSchema, step: count, set: setId, index: count };
const byShown = z.strictObject(shown);
/** Characters of a file of hints that a window takes: a message holds no more. */
export const MOST_HINTS_TEXT = 500_000;
/** Content id of a photograph: SHA-256 of its file, hex. */
export const contentIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'expected the content id of a photograph');
/** Names hints that the engine was told. */
const hintsId = z.string().regex(/^[0-9a-f]{16}$/, 'expected the id of hints');
/** The same in colour, with hints where they are named. */
const byColoured = byShown.extend({ hints: hintsId.optional(), temperature });
/** Hints, and their name; null where there are none. */
const namedHints = z.object({ hints: hintsSchema, id: hintsId.nullable() });
export type NamedHints = z.infer<typeof namedHints>;

const gatheredSchema = z.object({
  id: setId,
  /** What was named: files and folders. */
  given: z.array(z.string()),
  /** Photographs, those in folders included. */
  total: count,
  /** What could not be looked into. */
  failed: z.array(pathReason),
  /** Files in folders that are no pictures, and pictures that colorizing made. */
  ignored: count,
});
export type Gathered = z.infer<typeof gatheredSchema>;

const gatheredPhotographSchema = z.object({
  index: count,
  name: z.string(),
  /** Below the folder it was found in, with `/` on every system. */
  place: z.string(),
});
export type GatheredPhotograph = z.infer<typeof gatheredPhotographSchema>;

/** Looking at photographs with the weights of a run; the pictures themselves come by name, see PictureDesk. */
export const colorizingRequests = {
  gatherPhotographs: {
    body: z.strictObject({ paths: z.array(absolutePath).min(1).max(5000) }),
    reply: gatheredSchema,
    paths: ({ paths }: { paths: string[] }) => paths,
  },
  /** Photographs that a run did not learn from; null where none of them is there any more, or their folder was not chosen. */
  gatherHeldOut: { body: z.strictObject({ run: runIdSchema }), reply: gatheredSchema.nullable() },
  listGathered: { body: z.strictObject({ set: setId, from: count, count: z.int().min(1).max(1000) }), reply: z.array(gatheredPhotographSchema) },
  /** Makes weights ready, and says what they are. */
  openWeights: { body: z.strictObject({ run: runIdSchema, checkpoint: checkpointChoice }), reply: openWeightsSchema },
  lookAtPhotograph: { body: byShown, reply: liveFactsSchema },
  /** What the network says of a place. @param x,y part of the width and of the height. */
  placeOfPhotograph: { body: byColoured.extend({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }), reply: placeAnswerSchema },
  /** Null for a photograph without colour. */
  figuresOfPhotograph: { body: byColoured, reply: liveFiguresSchema.nullable() },
  /** A name for hints, under which pictures and answers can be asked for; nothing is kept. */
  nameHints: { body: z.strictObject({ hints: hintsSchema }), reply: namedHints },
  /** Hints that are kept for a photograph, by its content. */
  readHints: { body: z.strictObject({ content: contentIdSchema }), reply: namedHints },
  /** Keeps hints for a photograph instead of those it had. @param bytes Size of its file. */
  keepHints: { body: z.strictObject({ content: contentIdSchema, bytes: count, hints: hintsSchema }), reply: namedHints },
  /** The hints of a set's photographs as a file. */
  hintsFileOfSet: { body: z.strictObject({ set: setId }), reply: z.object({ text: z.string(), photographs: count }) },
  /**
   * Keeps the hints of a file for photographs of a set. Where some have others already nothing is kept unless they may be replaced.
   * @param name What the file is called.
   */
  takeHintsFile: {
    body: z.strictObject({ set: setId, name: z.string().max(1000), text: z.string().max(MOST_HINTS_TEXT), replace: z.boolean() }),
    reply: z.object({
      /** Photographs that have hints from it now. */
      taken: count,
      /** Photographs that have other hints, by name: nothing was kept. */
      standing: z.array(z.string()),
      /** Names in it that are no photograph's of the set. */
      unknown: z.array(z.string()),
    }),
  },
} as const;
