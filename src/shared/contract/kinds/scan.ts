import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { catalogueSummarySchema } from '../catalogue.js';
import { jobKind } from '../job-kind.js';

/** Looks through a folder and keeps what it found as a catalogue, for windows to show. */
export const scan = jobKind({
  parameters: z.strictObject({ folder: absolutePath }),
  result: catalogueSummarySchema,
  events: {},
  lane: 'light',
  controls: [],
  paths: ({ folder }) => [folder],
  kept: () => 'The photographs read so far are remembered; the next look at the folder starts from there.',
});
