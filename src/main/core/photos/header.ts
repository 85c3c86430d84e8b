/**
 * What a picture's header says, and the limits held against it before any memory is taken for pixels.
 */
import type { Metadata } from 'sharp';
import { sharp, withCodec } from './codec.js';
import { contentOf, unsupportedKind, type Content, type PhotoFormat } from './content.js';
import { decoderFault } from './decoder-fault.js';
import { PhotoFault } from './fault.js';
import { jpegFrame } from './jpeg-frame.js';

/** Pixels a picture may have: 16,384 x 16,384, about eleven times a 24-megapixel photograph. */
export const MAX_PIXELS = 268_435_456;

const COEFFICIENT_BYTES = 2;

export interface PhotoHeader {
  format: PhotoFormat;
  /** As stored, before the EXIF orientation is applied. */
  width: number;
  height: number;
  /** Bits a sample in the file. */
  depth: 8 | 16;
  /** Memory that decoding takes a pixel, roughly: the pixels themselves and what the decoder holds of the whole picture. */
  bytesPerPixel: number;
  colour: 'gray' | 'rgb' | 'cmyk';
  hasAlpha: boolean;
  /** Whether an ICC profile is embedded; left open for plain JPEGs, where no step depends on it. */
  hasProfile?: boolean;
  /** The file holds several frames or pages; only the first is read. */
  severalFrames: boolean;
}

/**
 * Reads the header of a picture.
 * @param bytes The whole file.
 * @throws PhotoFault when it is no picture, cannot be read here, is damaged, or has more than `maxPixels` pixels.
 */
export async function readHeader(bytes: Uint8Array, maxPixels = MAX_PIXELS): Promise<PhotoHeader> {
  const content = await contentOf(bytes);
  const header = plainJpeg(content, bytes) ?? (await metadataHeader(content, bytes));
  checkPixels(header, maxPixels);
  return header;
}

/** Gray and colour JPEGs of 8 bits have nothing that their frame header does not tell; an ICC profile changes no step. */
function plainJpeg({ format }: Content, bytes: Uint8Array): PhotoHeader | undefined {
  if (format !== 'jpeg') return undefined;
  const frame = jpegFrame(bytes);
  if (frame === undefined || frame.precision !== 8 || frame.width === 0 || frame.height === 0) return undefined;
  if (frame.components !== 1 && frame.components !== 3) return undefined;
  return {
    format,
    width: frame.width,
    height: frame.height,
    depth: 8,
    bytesPerPixel: frame.progressive ? 3 + 3 * COEFFICIENT_BYTES : 3,
    colour: frame.components === 1 ? 'gray' : 'rgb',
    hasAlpha: false,
    severalFrames: false,
  };
}

async function metadataHeader(content: Content, bytes: Uint8Array): Promise<PhotoHeader> {
  const metadata = await withCodec(() => sharp(bytes, { limitInputPixels: false }).metadata()).catch((error) => {
    throw decoderFault(error);
  });
  if (isPreviewOfRaw(metadata, bytes)) throw unsupportedKind('camera raw');
  const depth = sampleDepth(metadata);
  return {
    format: content.format,
    width: metadata.width,
    height: metadata.height,
    depth,
    bytesPerPixel: 2 * metadata.channels * (depth / 8),
    colour: colourOf(metadata),
    hasAlpha: metadata.hasAlpha,
    hasProfile: metadata.hasProfile,
    severalFrames: content.animated || (metadata.pages ?? 1) > 1,
  };
}

/** How many times larger than its first picture a file must be for that picture to count as a preview of another. */
const PREVIEW_RATIO = 4;

/** Camera raws are TIFFs that begin with a small preview; the photograph lies in a sub-directory and is no TIFF picture. */
function isPreviewOfRaw({ subifds, width, height, channels }: Metadata, bytes: Uint8Array): boolean {
  return (subifds ?? 0) > 0 && bytes.length > PREVIEW_RATIO * width * height * channels * 2;
}

function sampleDepth({ depth }: Metadata): 8 | 16 {
  if (depth === 'uchar') return 8;
  if (depth === 'ushort') return 16;
  throw new PhotoFault('unsupported', `A picture with samples of the kind "${depth}"; save a copy with 8 or 16 bits a channel.`);
}

function colourOf({ space, channels }: Metadata): PhotoHeader['colour'] {
  if (space === 'cmyk') return 'cmyk';
  return channels < 3 ? 'gray' : 'rgb';
}

function checkPixels({ width, height }: PhotoHeader, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  const megapixels = (pixels: number) => Math.round(pixels / 1e6).toLocaleString('en');
  throw new PhotoFault(
    'too-large',
    `${width} x ${height} pixels (${megapixels(width * height)} million) are more than the ${megapixels(maxPixels)} million that are read; save a smaller copy.`,
  );
}
