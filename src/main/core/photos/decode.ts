/**
 * A photograph's pixels as a viewer shows them: sRGB, upright, transparent parts over white.
 */
import type { Sharp } from 'sharp';
import { sharp, withCodec } from './codec.js';
import type { PhotoFormat } from './content.js';
import { decoderFault, meansWrongPixels } from './decoder-fault.js';
import { MAX_PIXELS, readHeader, type PhotoHeader } from './header.js';
import { readWhole } from './whole-file.js';

/** Pixels row by row from the top left, three channels each: R, G, B of sRGB, 0..255 or 0..65535. */
export type Pixels = EightBitPixels | SixteenBitPixels;

export interface EightBitPixels {
  width: number;
  height: number;
  channels: 3;
  depth: 8;
  /** Uint8Array [height, width, 3] */
  data: Uint8Array;
}

export interface SixteenBitPixels {
  width: number;
  height: number;
  channels: 3;
  depth: 16;
  /** Uint16Array [height, width, 3] */
  data: Uint16Array;
}

/** What is known of the file that pixels came from. */
export interface PhotoSource {
  format: PhotoFormat;
  /** Bits a sample in the file. */
  sourceDepth: 8 | 16;
  hadAlpha: boolean;
  /** The file stores one channel of lightness and no colour at all. */
  isGray: boolean;
  /** The file holds several frames or pages; these are the pixels of the first. */
  severalFrames: boolean;
}

export interface DecodeOptions {
  /** Longest side of the result; larger pictures are reduced (while they are read, where the format can), smaller ones kept. */
  maxSide?: number;
  /** Bits a sample of the result: 8 (the default), 16, or as many as the file has. */
  depth?: 8 | 16 | 'source';
  /** Pixels above which a picture is refused before memory is taken for it. */
  maxPixels?: number;
}

/**
 * Decodes a photograph.
 * @param photo Path of a file, or the file's bytes.
 * @throws PhotoFault that says in plain words why there are no pixels.
 */
export function decodePhoto(photo: string | Uint8Array, options?: DecodeOptions & { depth?: 8 }): Promise<EightBitPixels & PhotoSource>;
export function decodePhoto(photo: string | Uint8Array, options?: DecodeOptions): Promise<Pixels & PhotoSource>;
export async function decodePhoto(photo: string | Uint8Array, options: DecodeOptions = {}): Promise<Pixels & PhotoSource> {
  const bytes = typeof photo === 'string' ? (await readWhole(photo)).bytes : photo;
  const header = await readHeader(bytes, options.maxPixels ?? MAX_PIXELS);
  const pixels = await decodePixels(bytes, header, options);
  return {
    ...pixels,
    format: header.format,
    sourceDepth: header.depth,
    hadAlpha: header.hasAlpha,
    isGray: header.colour === 'gray',
    severalFrames: header.severalFrames,
  };
}

/**
 * Decodes the pixels of a picture whose header has been read.
 * @throws PhotoFault when the data are damaged or coded in a way that cannot be read.
 */
export async function decodePixels(bytes: Uint8Array, header: PhotoHeader, options: DecodeOptions & { depth?: 8 }): Promise<EightBitPixels>;
export async function decodePixels(bytes: Uint8Array, header: PhotoHeader, options: DecodeOptions): Promise<Pixels>;
export async function decodePixels(bytes: Uint8Array, header: PhotoHeader, options: DecodeOptions): Promise<Pixels> {
  const depth = options.depth === 'source' ? header.depth : (options.depth ?? 8);
  const raw = await rawPixels(bytes, header, depth, options.maxSide);
  if (depth === 8) return eightBit(raw, header);
  return sixteenBit(raw, header);
}

interface Raw {
  data: Buffer;
  info: { width: number; height: number; channels: number };
}

/**
 * Damaged pictures must not teach a network, so that any warning that means wrong pixels refuses the picture: half of
 * it may be one gray or a smear. Warnings that leave the pixels right are passed over by a second, less strict reading.
 */
async function rawPixels(bytes: Uint8Array, header: PhotoHeader, depth: 8 | 16, maxSide?: number): Promise<Raw> {
  const read = (failOn: 'warning' | 'error') =>
    withCodec(() => pipeline(bytes, header, depth, failOn, maxSide).toBuffer({ resolveWithObject: true }));
  try {
    return await read('warning').catch((error) => {
      if (meansWrongPixels(error)) throw error;
      return read('error');
    });
  } catch (error) {
    throw decoderFault(error);
  }
}

function pipeline(bytes: Uint8Array, header: PhotoHeader, depth: 8 | 16, failOn: 'warning' | 'error', maxSide?: number): Sharp {
  const limitInputPixels = header.width * header.height; // what was allowed is what the header told
  const picture = sharp(bytes, { failOn, limitInputPixels, autoOrient: true });
  if (maxSide !== undefined) picture.resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true });
  if (isBareCmyk(header)) return picture.pipelineColourspace('cmyk').toColourspace('cmyk').raw();
  // sharp takes 16-bit pictures with a profile to Display P3 and would leave them there.
  if (header.depth === 16 && header.hasProfile) picture.withIccProfile('srgb');
  if (depth === 16 && header.depth === 16) return picture.toColourspace('rgb16').raw({ depth: 'ushort' });
  return picture.flatten({ background: '#ffffff' }).toColourspace('srgb').raw();
}

/** CMYK without a profile: viewers then multiply the ink away, where libvips would assume a press of its own. */
function isBareCmyk({ colour, hasProfile, hasAlpha, depth }: PhotoHeader): boolean {
  return colour === 'cmyk' && !hasProfile && !hasAlpha && depth === 8;
}

function eightBit({ data, info }: Raw, header: PhotoHeader): EightBitPixels {
  const rgb = isBareCmyk(header) ? rgbOfCmyk(data) : data;
  return { width: info.width, height: info.height, channels: 3, depth: 8, data: rgb };
}

function sixteenBit(raw: Raw, header: PhotoHeader): SixteenBitPixels {
  const { width, height, channels } = raw.info;
  const data = header.depth === 16 ? overWhite(words(raw.data), channels) : widened(eightBit(raw, header).data);
  return { width, height, channels: 3, depth: 16, data };
}

/** Red = (255 - C)(255 - K) / 255 and so on, as browsers and Pillow do. Uint8Array [n, 4] -> [n, 3] */
function rgbOfCmyk(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let from = 0, to = 0; from < cmyk.length; from += 4, to += 3) {
    const paper = 255 - cmyk[from + 3];
    for (let c = 0; c < 3; c++) rgb[to + c] = Math.round(((255 - cmyk[from + c]) * paper) / 255);
  }
  return rgb;
}

/** sharp's white for 16-bit pictures is 65280, so that they are laid over white here. Uint16Array [n, 3 or 4] -> [n, 3] */
function overWhite(rgba: Uint16Array, channels: number): Uint16Array {
  if (channels === 3) return rgba;
  const rgb = new Uint16Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3] / 65535;
    for (let c = 0; c < 3; c++) rgb[to + c] = Math.round(rgba[from + c] * alpha + 65535 * (1 - alpha));
  }
  return rgb;
}

function words(bytes: Buffer): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

/** 0..255 spread over 0..65535. */
function widened(bytes: Uint8Array): Uint16Array {
  const wide = new Uint16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) wide[i] = bytes[i] * 257;
  return wide;
}
