/**
 * Colorized pictures as files: sRGB with its profile, upright, with the camera and date of the photograph.
 */
import type { Metadata, Sharp } from 'sharp';
import { type PictureFormat, QUALITY } from '../../../shared/contract/kinds/colorize.js';
import { sharp, withCodec } from '../photos/codec.js';
import type { Pixels } from '../photos/decode.js';
import { keptExif, type KeptExif } from './exif.js';
import { correctedXmp, xmpOfExif } from './xmp.js';

/** The ending of a format's files. */
export const PICTURE_ENDINGS: Readonly<Record<PictureFormat, string>> = { png: '.png', jpeg: '.jpg', webp: '.webp', tiff: '.tif' };
export type { PictureFormat };

/** 16 bits a sample survive in these. */
export const DEEP_FORMATS: readonly PictureFormat[] = ['png', 'tiff'];

/** What is kept of a photograph besides its pixels. */
export interface KeptMetadata {
  exif: KeptExif;
  xmp?: string;
  /** Pixels an inch. */
  density?: number;
}

/** Reads what is kept of a photograph's metadata; a block that cannot be read is left out. */
export async function readKeptMetadata(bytes: Uint8Array): Promise<KeptMetadata> {
  const metadata: Metadata = await withCodec(() => sharp(bytes, { limitInputPixels: false }).metadata());
  return {
    exif: metadata.exif ? keptExif(metadata.exif) : {},
    xmp: metadata.xmp ? correctedXmp(metadata.xmp.toString('utf8')) : undefined,
    density: metadata.density,
  };
}

/**
 * Encodes a picture.
 * @param pixels 16 bits a sample are written as such where the format has them, else as 8
 * @param quality of JPEG and WebP, 1..100
 * @throws Error in libvips' words when the format cannot hold the picture (WebP ends at 16,383 pixels a side)
 */
export async function encodePicture(pixels: Pixels, format: PictureFormat, metadata: KeptMetadata, quality = QUALITY.usual): Promise<Buffer> {
  const deep = pixels.depth === 16 && DEEP_FORMATS.includes(format);
  const samples = pixels.depth === 16 && !deep ? bytesOf(pixels.data) : pixels.data;
  const black = await profiledBlack(deep);
  const picture = () => profiledPicture(black, samples, pixels.width, pixels.height);
  return withCodec(() => encoded(withMetadata(picture(), format, metadata), format, quality).toBuffer());
}

/** 16 bits a sample as 8, rounded. */
function bytesOf(words: Uint16Array): Uint8Array {
  return Uint8Array.from(words, (word) => Math.round(word / 257));
}

/**
 * sRGB pixels with the sRGB profile beside them, unchanged: laid (bitwise) over black that carries the profile. sharp's
 * own withIccProfile converts, which takes time and, as it takes 16-bit pixels for Display P3, changes colours.
 */
function profiledPicture(black: Buffer, data: Uint8Array | Uint16Array, width: number, height: number): Sharp {
  const deep = data instanceof Uint16Array;
  return sharp(black)
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .keepIccProfile()
    .toColourspace(deep ? 'rgb16' : 'srgb')
    // sharp takes typed arrays here as its constructor does; its types do not say so.
    .boolean(data as unknown as Buffer, 'or', { raw: { width, height, channels: 3 } });
}

const blacks = new Map<boolean, Promise<Buffer>>();

/** A file of one black pixel with the sRGB profile. */
function profiledBlack(deep: boolean): Promise<Buffer> {
  const pixel = () => sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } });
  const known = blacks.get(deep)
    ?? withCodec(() => pixel().toColourspace(deep ? 'rgb16' : 'srgb').withIccProfile('srgb').png().toBuffer());
  blacks.set(deep, known);
  return known;
}

function withMetadata(picture: Sharp, format: PictureFormat, { exif, xmp, density }: KeptMetadata): Sharp {
  picture.withExif({
    ...exif,
    IFD0: { ...exif.IFD0, Software: 'Chromabench' },
    IFD2: { ...exif.IFD2, ColorSpace: '1' },
  });
  const packet = xmp ?? (format === 'tiff' ? xmpOfExif(exif) : undefined);
  if (packet) picture.withXmp(packet);
  if (density) picture.withDensity(density);
  return picture;
}

/** JPEG keeps colour at full resolution. */
function encoded(picture: Sharp, format: PictureFormat, quality: number): Sharp {
  switch (format) {
    case 'png':
      return picture.png();
    case 'jpeg':
      return picture.jpeg({ quality, chromaSubsampling: '4:4:4' });
    case 'webp':
      return picture.webp({ quality, smartSubsample: true });
    case 'tiff':
      return picture.tiff({ compression: 'deflate', predictor: 'horizontal' });
  }
}
