/**
 * The part of a photograph's EXIF data that is worth keeping with its colorized copy: camera, date, exposure, author
 * and place. What describes the old file (orientation, thumbnail, colour space, maker notes with offsets) stays behind.
 */
import readExif, { type Exif } from 'exif-reader';

/** EXIF as sharp's `withExif` takes it: directories of names and values in text. */
export interface KeptExif {
  IFD0?: Record<string, string>;
  /** The Exif directory. */
  IFD2?: Record<string, string>;
  /** The GPS directory. */
  IFD3?: Record<string, string>;
}

const IMAGE_TAGS = ['Make', 'Model', 'DateTime', 'Artist', 'Copyright', 'ImageDescription'];
const PHOTO_TAGS = [
  'DateTimeOriginal', 'DateTimeDigitized', 'OffsetTime', 'OffsetTimeOriginal', 'OffsetTimeDigitized',
  'SubSecTime', 'SubSecTimeOriginal', 'SubSecTimeDigitized',
  'ExposureTime', 'FNumber', 'ISOSpeedRatings', 'ExposureBiasValue', 'ExposureProgram', 'MeteringMode', 'Flash',
  'FocalLength', 'FocalLengthIn35mmFilm', 'LensMake', 'LensModel',
];
const PLACE_TAGS = [
  'GPSLatitudeRef', 'GPSLatitude', 'GPSLongitudeRef', 'GPSLongitude', 'GPSAltitude', 'GPSTimeStamp', 'GPSDateStamp', 'GPSImgDirectionRef', 'GPSImgDirection',
];
const RATIONAL_TAGS = new Set([
  'ExposureTime', 'FNumber', 'ExposureBiasValue', 'FocalLength', 'GPSLatitude', 'GPSLongitude', 'GPSAltitude', 'GPSTimeStamp', 'GPSImgDirection',
]);

/** @param exif the EXIF block of a file; nothing is kept of one that cannot be read */
export function keptExif(exif: Uint8Array): KeptExif {
  const tags = readSafely(exif);
  if (tags === undefined) return {};
  return {
    IFD0: texts(tags.Image, IMAGE_TAGS),
    IFD2: texts(tags.Photo, PHOTO_TAGS),
    IFD3: texts(tags.GPSInfo, PLACE_TAGS),
  };
}

/** Damaged EXIF is common and never a reason to fail a picture. */
function readSafely(exif: Uint8Array): Exif | undefined {
  try {
    return readExif(Buffer.from(exif));
  } catch {
    return undefined;
  }
}

function texts(tags: object | null | undefined, names: readonly string[]): Record<string, string> {
  const known = new Map<string, unknown>(Object.entries(tags ?? {}));
  const kept = names.map((name) => [name, textOf(known.get(name), RATIONAL_TAGS.has(name))] as const);
  return Object.fromEntries(kept.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

function textOf(value: unknown, rational: boolean): string | undefined {
  if (Array.isArray(value)) return listText(value, rational);
  if (typeof value === 'number') return Number.isFinite(value) ? numberText(value, rational) : undefined;
  if (value instanceof Date) return dateText(value);
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
  return typeof text === 'string' ? plainText(text) : undefined;
}

function listText(values: unknown[], rational: boolean): string | undefined {
  const parts = values.map((value) => textOf(value, rational));
  return parts.every((part) => part !== undefined) ? parts.join(' ') : undefined;
}

/** Without control characters and padding; nothing where nothing is left. */
function plainText(text: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- cameras pad their texts with NUL
  return text.replace(/[\u0000-\u001f]/g, ' ').trim() || undefined;
}

/** exif-reader reads the camera's clock as UTC; written back the same way it is the camera's clock again. */
function dateText(date: Date): string | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  const [day, time] = date.toISOString().slice(0, 19).split('T');
  return `${day.replaceAll('-', ':')} ${time}`;
}

function numberText(value: number, rational: boolean): string {
  if (!rational) return String(value);
  const [numerator, denominator] = fractionOf(value);
  return `${numerator}/${denominator}`;
}

/** Terms stay within EXIF's 32 bits with room to spare. */
const LARGEST_TERM = 10_000_000;

/** The simplest fraction that is the value within double precision of a rational number: its continued fraction. */
export function fractionOf(value: number): [numerator: number, denominator: number] {
  let [numerator, denominator, before, under] = [1, 0, 0, 1];
  for (let rest = Math.abs(value); ; ) {
    const whole = Math.floor(rest);
    const next: [number, number] = [whole * numerator + before, whole * denominator + under];
    if (denominator > 0 && Math.max(...next) > LARGEST_TERM) break;
    [before, under, numerator, denominator] = [numerator, denominator, ...next];
    if (Math.abs(numerator / denominator - Math.abs(value)) < 1e-9 * Math.abs(value) || rest === whole) break;
    rest = 1 / (rest - whole);
  }
  return [Math.sign(value) * numerator, denominator];
}
