/** What the web host says of a file that was dropped on a page. */
import { z } from 'zod';

export const droppedFileSchema = z.object({
  /** Where the file lies now. */
  path: z.string(),
  /** The dropped folder that it came in, else the file itself. */
  top: z.string(),
});
export type DroppedFile = z.infer<typeof droppedFileSchema>;
