import { z } from 'zod';

/** What jobs have written where a person chose. */
export const exportsRequests = {
  /** Opens the folder that a job of charts, of a film, of a report or of colorized photographs writes into, in the file manager of the machine. */
  showExport: { body: z.strictObject({ job: z.string() }), reply: z.object({ path: z.string() }) },
} as const;
