/** What a person is asked to choose on the machine's disks, whatever dialog the host has for it. */
import { z } from 'zod';
import { absolutePath } from './absolute-path.js';

/**
 * `folder` one folder of photographs; `photographs` files and folders, several; `save-folder` one folder to write into;
 * `run` one folder of a run.
 */
export const CHOICE_KINDS = ['folder', 'photographs', 'save-folder', 'run'] as const;
export type ChoiceKind = (typeof CHOICE_KINDS)[number];

export const choiceSchema = z.strictObject({
  kind: z.enum(CHOICE_KINDS),
  /** Over the dialog: `Open a folder of photographs`. */
  title: z.string().min(1).max(200),
  /** On its button: `Open`. */
  action: z.string().min(1).max(40),
  /** Why it is asked, in a sentence, where the person did not ask for it. */
  why: z.string().max(400).optional(),
  /** Folder to begin in; the one used last where absent or gone. */
  start: absolutePath.optional(),
});
export type Choice = z.infer<typeof choiceSchema>;
