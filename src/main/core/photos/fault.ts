/**
 * What can become of a file of a folder of photographs, and the error that says it of one file.
 */
import { UserError } from '../errors.js';

/**
 * What became of one file (or of one folder that was not entered). Every item that a walk meets has exactly one fate.
 * - `used`: a photograph with colour
 * - `gray`: no colour to learn from
 * - `too-small`: fewer than 48 pixels on a side
 * - `duplicate`: the same pixels as an earlier photograph
 * - `not-a-picture`: text, a film, a device
 * - `damaged`: a picture whose data end early or are corrupt
 * - `unsupported`: a picture of a kind that cannot be read here, which the reason names
 * - `too-large`: more bytes or pixels than are read
 * - `unreadable`: permission denied, gone meanwhile, an unusable name
 * - `folder`: a folder whose name looks like a picture's; the files in it are listed on their own
 * - `skipped`: hidden files, thumbnails, system folders, links to what is read elsewhere
 */
export const FATES = [
  'used',
  'gray',
  'too-small',
  'duplicate',
  'not-a-picture',
  'damaged',
  'unsupported',
  'too-large',
  'unreadable',
  'folder',
  'skipped',
] as const;

export type Fate = (typeof FATES)[number];

/** Any fate but `used`. */
export type ExcludedFate = Exclude<Fate, 'used'>;

/** Why one file is not used, in words for the person who owns it. */
export class PhotoFault extends UserError {
  override name = 'PhotoFault';

  /** @param reason One or two sentences that say what is wrong with the file and what would help; without its name. */
  constructor(
    readonly fate: ExcludedFate,
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(reason, options);
  }
}
