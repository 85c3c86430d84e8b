/** What a person is asked to choose on the machine's disks, whatever dialog the host has for it. */
import { z } from 'zod';
import { PICTURE_ENDINGS } from '../picture-names.js';
import { absolutePath } from './absolute-path.js';

/**
 * `folder` one folder of photographs; `photographs` files and folders, several; `save-folder` one folder to write into;
 * `run` one folder of a run; `lab` one of a laboratory's run; `points` one CSV file of points;
 * `graph` one file of a TensorFlow graph or model; `checkpoint` the index of one; `graph-input` a photograph or a table for an input of a graph.
 */
export const CHOICE_KINDS = ['folder', 'photographs', 'save-folder', 'run', 'lab', 'points', 'graph', 'checkpoint', 'graph-input'] as const;
export type ChoiceKind = (typeof CHOICE_KINDS)[number];

/** Endings of the files that can be chosen, where one file is asked for that is no picture. */
export const FILE_ENDINGS: Partial<Record<ChoiceKind, readonly string[]>> = {
  points: ['csv', 'tsv', 'txt'],
  graph: ['pb', 'pbtxt', 'meta', 'json'],
  checkpoint: ['index'],
  'graph-input': [...PICTURE_ENDINGS, 'npy', 'csv', 'tsv', 'txt'],
};

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
