/**
 * What a file is by its content; its name is never asked.
 */
import { fileTypeFromBuffer, type FileTypeResult } from 'file-type';
import { PhotoFault } from './fault.js';

/** Formats whose pixels can be read. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif';

const READABLE: Readonly<Record<string, PhotoFormat>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/tiff': 'tiff',
  'image/avif': 'avif',
};

/** Names people know for pictures that cannot be read here; others go by their media type. */
const KNOWN_NAMES: Readonly<Record<string, string>> = {
  'image/heic': 'HEIC',
  'image/heic-sequence': 'HEIC',
  'image/heif': 'HEIF',
  'image/heif-sequence': 'HEIF',
  'image/jxl': 'JPEG XL',
  'image/jls': 'JPEG-LS',
  'image/jp2': 'JPEG 2000',
  'image/jpx': 'JPEG 2000',
  'image/jpm': 'JPEG 2000',
  'image/mj2': 'JPEG 2000',
  'image/vnd.ms-photo': 'JPEG XR',
  'image/bmp': 'BMP',
  'image/x-icon': 'icon (ICO)',
  'image/icns': 'icon (ICNS)',
  'image/vnd.adobe.photoshop': 'Photoshop (PSD)',
  'image/x-xcf': 'GIMP (XCF)',
  'image/flif': 'FLIF',
  'image/bpg': 'BPG',
  'image/x-adobe-dng': 'camera raw (DNG)',
  'image/x-canon-cr2': 'camera raw (CR2)',
  'image/x-canon-cr3': 'camera raw (CR3)',
  'image/x-nikon-nef': 'camera raw (NEF)',
  'image/x-sony-arw': 'camera raw (ARW)',
  'image/x-fujifilm-raf': 'camera raw (RAF)',
  'image/x-olympus-orf': 'camera raw (ORF)',
  'image/x-panasonic-rw2': 'camera raw (RW2)',
};

/** How much of a file is looked at to tell text from other things. */
const TEXT_SAMPLE_BYTES = 1024;

export interface Content {
  format: PhotoFormat;
  /** Whether the container says that it holds a film of several frames (PNG only; other formats say it in their header). */
  animated: boolean;
}

/**
 * Tells a picture's format from its first bytes.
 * @throws PhotoFault `not-a-picture` or `unsupported`, with the name of what it is instead.
 */
export async function contentOf(bytes: Uint8Array): Promise<Content> {
  if (bytes.length === 0) throw new PhotoFault('damaged', 'The file is empty (0 bytes).');
  if (isJpeg(bytes)) return { format: 'jpeg', animated: false };
  const type = await fileTypeFromBuffer(bytes);
  const format = READABLE[type?.mime ?? ''];
  if (format === undefined) throw foreignContent(bytes, type);
  return { format, animated: type?.mime === 'image/apng' };
}

/** Start of image followed by a marker. 0xF7 would be JPEG-LS, which only shares the first bytes. */
function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff && bytes[3] !== 0xf7;
}

function foreignContent(bytes: Uint8Array, type?: FileTypeResult): PhotoFault {
  if (type === undefined || type.mime === 'application/xml') return foreignText(bytes);
  if (type.mime.startsWith('image/')) return unsupportedKind(KNOWN_NAMES[type.mime] ?? type.ext.toUpperCase());
  return new PhotoFault('not-a-picture', `Not a picture: its content is that of a .${type.ext} file.`);
}

function foreignText(bytes: Uint8Array): PhotoFault {
  const text = textOf(bytes.subarray(0, TEXT_SAMPLE_BYTES));
  if (text === undefined) return new PhotoFault('not-a-picture', 'Not a picture: its content is of no known kind.');
  if (/<svg[\s>]/i.test(text)) return unsupportedKind('SVG drawing');
  const isPage = /^\s*(<!doctype html|<html)/i.test(text);
  return new PhotoFault('not-a-picture', `Not a picture: its content is ${isPage ? 'a web page (HTML)' : 'text'}.`);
}

/** A picture of a kind that has a name but no decoder here. */
export function unsupportedKind(kind: string): PhotoFault {
  return new PhotoFault('unsupported', `A picture of the kind ${kind}, which cannot be read here; save a copy as JPEG or PNG.`);
}

/** The bytes as UTF-8 text, or undefined where they are none. A character cut in two at the end is no fault. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    // eslint-disable-next-line no-control-regex -- control characters are what tells data from text
    return /[\u0000-\u0008\u000e-\u001a]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
