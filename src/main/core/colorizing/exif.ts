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
    return valuesOf(exif) <= MOST_TIMES_OVER * exif.length ? readExif(Buffer.from(exif)) : undefined;
  } catch {
    return undefined;
  }
}

/** Values of a sound block lie side by side. One that names the same bytes a thousand times over would take gigabytes to read. */
const MOST_TIMES_OVER = 4;
/** Bytes of a value by its type (TIFF 6.0, page 15; 13 of its supplement); readers pass over other types. */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
/** LONG, and IFD of the TIFF supplement. */
const PLACES = [4, 13];
/** Tags whose value is the place of another directory: Exif, GPS, interoperability. */
const DIRECTORIES = [0x8769, 0x8825, 0xa005];
/** The first, the thumbnail's, and one of each of these. */
const MOST_DIRECTORIES = 5;

/** Bytes of all values that the directories of a block name. @throws RangeError where they are none that a camera writes. */
function valuesOf(exif: Uint8Array): number {
  const begin = exif[0] === 0x45 ? 6 : 0; // `Exif\0\0`
  const view = new DataView(exif.buffer, exif.byteOffset + begin, exif.length - begin);
  const little = view.getUint8(0) === 0x49;
  const places = [view.getUint32(4, little)];
  let bytes = 0;
  for (let k = 0; k < places.length; k++) {
    if (places.length > MOST_DIRECTORIES) throw new RangeError('more directories than there are kinds of');
    if (places[k] + 2 > view.byteLength) continue;
    const entries = view.getUint16(places[k], little);
    for (let at = places[k] + 2, end = Math.min(at + 12 * entries, view.byteLength - 11); at < end; at += 12) {
      const [tag, type, count] = [view.getUint16(at, little), view.getUint16(at + 2, little), view.getUint32(at + 4, little)];
      bytes += (VALUE_BYTES[type] ?? 0) * count;
      if (!DIRECTORIES.includes(tag)) continue;
      if (!PLACES.includes(type) || count !== 1) throw new RangeError('the place of a directory is no number');
      places.push(view.getUint32(at + 8, little));
    }
    const next = places[0] + 2 + 12 * entries;
    if (k === 0 && next + 4 <= view.byteLength && view.getUint32(next, little) !== 0) places.push(view.getUint32(next, little));
  }
  return bytes;
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
