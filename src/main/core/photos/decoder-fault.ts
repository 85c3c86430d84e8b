/**
 * The decoder's complaints in plain words.
 */
import { PhotoFault } from './fault.js';

/** Fault of a picture that sharp could not read. What the decoder said is passed on where no words of ours fit. */
export function decoderFault(error: unknown): PhotoFault {
  const message = error instanceof Error ? error.message : String(error);
  const make = COMPLAINTS.find(([pattern]) => pattern.test(message))?.[1] ?? corrupt;
  return make(complaintOf(message), error);
}

/**
 * Whether a decoder's warning means wrong pixels. Other warnings (odd markers, padding between segments,
 * an unknown revision number) leave the picture as every viewer shows it.
 */
export function meansWrongPixels(error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  return CUT_OFF.test(message) || CORRUPT_SCAN.test(message);
}

const CUT_OFF = /premature end of jpeg|not enough data|unexpected end|end of stream|read past end|truncated/i;
const CORRUPT_SCAN = /corrupt jpeg data: (?!\d+ extraneous bytes)/i;
const FOREIGN_CODING = /unsupported jpeg process|unsupported jpeg data precision|arithmetic|not configured|unsupported (codec|feature|compression)|not implemented|no decoding plugin/i;
const NO_HEADER = /contains unsupported image format|has corrupt header/i;
const NO_MEMORY = /out of memory|could not allocate|cannot allocate/i;

type MakeFault = (complaint: string, cause: unknown) => PhotoFault;

const cutOff: MakeFault = (_, cause) => new PhotoFault('damaged', 'The picture is cut off: its data end early.', { cause });

const corrupt: MakeFault = (complaint, cause) =>
  new PhotoFault('damaged', `The picture is damaged: its data are corrupt or end early (${complaint}).`, { cause });

const noHeader: MakeFault = (_, cause) => new PhotoFault('damaged', 'The picture is damaged: its header cannot be read.', { cause });

const foreignCoding: MakeFault = (complaint, cause) =>
  new PhotoFault('unsupported', `The picture is coded in a way that cannot be read here (${complaint}); save a copy as JPEG or PNG.`, { cause });

const noMemory: MakeFault = (_, cause) => new PhotoFault('unreadable', 'The picture needs more memory than there is now.', { cause });

/** The first that fits counts. */
const COMPLAINTS: readonly (readonly [RegExp, MakeFault])[] = [
  [NO_MEMORY, noMemory],
  [FOREIGN_CODING, foreignCoding],
  [CUT_OFF, cutOff],
  [NO_HEADER, noHeader],
];

/** First line of the message, without the loader's name before it. */
function complaintOf(message: string): string {
  return message.split('\n')[0].replace(/^\w+: /, '');
}
