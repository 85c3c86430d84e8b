import { z } from 'zod';
import { hintsSchema } from '../../../shared/colour/hints.js';
import { PICTURE_FORMATS } from '../../../shared/contract/kinds/colorize.js';
import { checkpointChoice, temperature } from '../../../shared/contract/kinds/trained.js';
import {
  LIVE_SIZES, LIVE_VIEWS, liveFactsSchema, liveFiguresSchema, openWeightsSchema, placeAnswerSchema,
} from '../../../shared/contract/live-view.js';
import { bytesSchema } from '../bytes.js';
import type { ServiceHandlers } from './service.js';

const shown = { run: z.string(), step: z.int().nonnegative(), path: z.string() };
/** A photograph beside the weights of a run, in colour. */
const coloured = { ...shown, hints: hintsSchema, temperature };

/** Keeps TensorFlow, the weights of one run and what they said of the last photographs. Calls name all they need: after a rest or a crash it starts anew. */
export const colorizerSpec = {
  open: { body: z.object({ run: z.string(), checkpoint: checkpointChoice }), reply: openWeightsSchema },
  look: { body: z.object(shown), reply: liveFactsSchema },
  picture: {
    body: z.object({ ...coloured, view: z.enum(LIVE_VIEWS), size: z.enum(LIVE_SIZES) }),
    reply: bytesSchema,
  },
  place: { body: z.object({ ...coloured, x: z.number(), y: z.number() }), reply: placeAnswerSchema },
  figures: { body: z.object(coloured), reply: liveFiguresSchema.nullable() },
  file: { body: z.object({ ...coloured, format: z.enum(PICTURE_FORMATS) }), reply: bytesSchema },
} as const;

export async function colorizerHandlers(): Promise<ServiceHandlers<typeof colorizerSpec>> {
  const { asPng } = await import('../../core/colorizing/live-picture.js');
  const { LiveModels } = await import('../../core/live-models.js');
  const models = new LiveModels();
  return {
    open: ({ run, checkpoint }) => models.open(run, checkpoint),
    look: ({ run, step, path }) => models.withPicture(run, step, path, ({ facts }) => facts),
    picture: ({ run, step, path, view, size, temperature, hints }) =>
      models.withPicture(run, step, path, async (picture) => asPng(await picture.show(view, temperature, size, hints))),
    place: ({ run, step, path, x, y, temperature, hints }) => models.withPicture(run, step, path, async (picture) => {
      const { shares, ...answer } = await picture.at(x, y, temperature, hints);
      return { ...answer, shares: [...shares] };
    }),
    figures: ({ run, step, path, temperature, hints }) => models.withPicture(run, step, path, async (picture) => (await picture.figures(temperature, hints)) ?? null),
    file: ({ run, step, path, format, temperature, hints }) => models.withPicture(run, step, path, (picture) => picture.file(format, temperature, hints)),
  };
}
