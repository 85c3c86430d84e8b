import { z } from 'zod';
import { PICTURE_FORMATS } from '../../../shared/contract/kinds/colorize.js';
import { checkpointChoice, temperature } from '../../../shared/contract/kinds/trained.js';
import {
  LIVE_SIZES, LIVE_VIEWS, liveFactsSchema, liveFiguresSchema, openWeightsSchema, placeAnswerSchema,
} from '../../../shared/contract/live-view.js';
import { bytesSchema } from '../bytes.js';
import type { ServiceHandlers } from './service.js';

/** A photograph beside the weights of a run. */
const shown = { run: z.string(), step: z.int().nonnegative(), path: z.string() };

/** Keeps TensorFlow, the weights of one run and what they said of the last photographs. Calls name all they need: after a rest or a crash it starts anew. */
export const colorizerSpec = {
  open: { body: z.object({ run: z.string(), checkpoint: checkpointChoice }), reply: openWeightsSchema },
  look: { body: z.object(shown), reply: liveFactsSchema },
  picture: {
    body: z.object({ ...shown, view: z.enum(LIVE_VIEWS), size: z.enum(LIVE_SIZES), temperature }),
    reply: bytesSchema,
  },
  place: { body: z.object({ ...shown, x: z.number(), y: z.number(), temperature }), reply: placeAnswerSchema },
  figures: { body: z.object({ ...shown, temperature }), reply: liveFiguresSchema.nullable() },
  file: { body: z.object({ ...shown, format: z.enum(PICTURE_FORMATS), temperature }), reply: bytesSchema },
} as const;

export async function colorizerHandlers(): Promise<ServiceHandlers<typeof colorizerSpec>> {
  const { asPng } = await import('../../core/colorizing/live-picture.js');
  const { LiveModels } = await import('../../core/live-models.js');
  const models = new LiveModels();
  return {
    open: ({ run, checkpoint }) => models.open(run, checkpoint),
    look: ({ run, step, path }) => models.withPicture(run, step, path, ({ facts }) => facts),
    picture: ({ run, step, path, view, size, temperature }) =>
      models.withPicture(run, step, path, async (picture) => asPng(await picture.show(view, temperature, size))),
    place: ({ run, step, path, x, y, temperature }) => models.withPicture(run, step, path, async (picture) => {
      const { shares, ...answer } = await picture.at(x, y, temperature);
      return { ...answer, shares: [...shares] };
    }),
    figures: ({ run, step, path, temperature }) => models.withPicture(run, step, path, async (picture) => (await picture.figures(temperature)) ?? null),
    file: ({ run, step, path, format, temperature }) => models.withPicture(run, step, path, (picture) => picture.file(format, temperature)),
  };
}
