import { z } from 'zod';
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
  placeOfPhotograph: { body: byShown.extend({ x: z.number().min(0).max(1), y: z.number().min(0).max(1), temperature }), reply: placeAnswerSchema },
  /** Null for a photograph without colour. */
  figuresOfPhotograph: { body: byShown.extend({ temperature }), reply: liveFiguresSchema.nullable() },
} as const;
