import { z } from 'zod';
import { absolutePath } from '../absolute-path.js';
import { jobKind } from '../job-kind.js';
import { checkpointChoice, pathReason, temperature } from './trained.js';

const count = z.int().nonnegative();

/** Formats that colorized pictures can be written in. */
export const PICTURE_FORMATS = ['png', 'jpeg', 'webp', 'tiff'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];
export const USUAL_FORMAT: PictureFormat = 'png';

/** Of formats that lose something, 1 to 100: at the usual one no artefact of the colours shows. */
export const QUALITY = { lowest: 1, highest: 100, usual: 92 };
export const LOSSY_FORMATS: readonly PictureFormat[] = ['jpeg', 'webp'];

/** Colorizes photographs, gray or colour, with a trained run. */
export const colorize = jobKind({
  parameters: z.strictObject({
    /** A run, or a frozen graph exported from one. */
    run: absolutePath,
    checkpoint: checkpointChoice,
    /** Files and folders. */
    inputs: z.array(absolutePath).min(1),
    /** Folder of results. */
    out: absolutePath,
    /** The one that the run's validation found best where absent. */
    temperature: temperature.optional(),
    format: z.enum(PICTURE_FORMATS).default(USUAL_FORMAT),
    /** Of JPEG and WebP. */
    quality: z.int().min(QUALITY.lowest).max(QUALITY.highest).default(QUALITY.usual),
    /** Keep camera, date, exposure, author and place of the photograph. */
    metadata: z.boolean().default(true),
    /** Colour hints: a file of them, or those that the window keeps for these photographs. The network must take them. */
    hints: z.union([z.literal('kept'), absolutePath]).optional(),
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
    /** Photographs that the file of hints names and that are none of these. */
    unknownHints: z.array(z.string()),
  }),
  events: {
    /** A picture is written. */
    picture: z.object({ input: z.string(), output: z.string() }),
  },
  // Beside a training, however long that takes: both become slower meanwhile.
  lane: 'beside',
  controls: [],
  paths: ({ run, inputs, out, hints }) => [run, ...inputs, out, ...(hints === undefined || hints === 'kept' ? [] : [hints])],
  kept: ({ out }, told) => (told.has('picture') ? `The pictures finished so far are whole in ${out}; the same job goes on from there.` : 'No picture was written.'),
});
