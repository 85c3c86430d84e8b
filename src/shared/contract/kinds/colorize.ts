import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { checkpointChoice, pathReason, temperature } from './trained.js';

const count = z.int().nonnegative();

/** Formats that colorized pictures can be written in. */
export const PICTURE_FORMATS = ['png', 'jpeg', 'webp', 'tiff'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];
export const USUAL_FORMAT: PictureFormat = 'png';

/** Colorizes photographs, gray or colour, with a trained run. */
export const colorize = jobKind({
  parameters: z.strictObject({
    run: absolutePath,
    checkpoint: checkpointChoice,
    /** Files and folders. */
    inputs: z.array(absolutePath).min(1),
    /** Folder of results. */
    out: absolutePath,
    temperature,
    format: z.enum(PICTURE_FORMATS).default(USUAL_FORMAT),
    /** Replace pictures of the same name in the folder of results. */
    overwrite: z.boolean().default(false),
  }),
  result: z.object({
    run: z.string(),
    /** Step of the checkpoint that was used. */
    step: count,
    out: z.string(),
    /** Pictures colorized now. */
    done: count,
    /** Pictures that an earlier job had made just so. */
    skipped: count,
    failed: z.array(pathReason),
    /** Files found in folders that are no pictures to be colorized. */
    ignored: z.array(pathReason),
    /** Every photograph with its colorized copy. */
    files: z.array(z.object({ input: z.string(), output: z.string() })),
  }),
  events: {
    /** A picture is written. */
    picture: z.object({ input: z.string(), output: z.string() }),
  },
  lane: 'heavy',
  controls: [],
  paths: ({ run, inputs, out }) => [run, ...inputs, out],
  kept: ({ out }, told) => (told.has('picture') ? `The pictures finished so far are whole in ${out}; the same job goes on from there.` : 'No picture was written.'),
});
