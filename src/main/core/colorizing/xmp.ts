/**
 * The XMP packet of a photograph, made right for its colorized copy.
 */
import type { KeptExif } from './exif.js';

/** EXIF tags that XMP has a name for. */
const XMP_NAMES: Readonly<Record<string, string>> = {
  Make: 'tiff:Make',
  Model: 'tiff:Model',
  Artist: 'tiff:Artist',
  Copyright: 'tiff:Copyright',
  ImageDescription: 'tiff:ImageDescription',
  DateTime: 'xmp:ModifyDate',
  DateTimeOriginal: 'exif:DateTimeOriginal',
  DateTimeDigitized: 'exif:DateTimeDigitized',
  ExposureTime: 'exif:ExposureTime',
  FNumber: 'exif:FNumber',
  FocalLength: 'exif:FocalLength',
  LensModel: 'aux:Lens',
};

/** The orientation is applied to the pixels by now, and a preview would show the picture without its colours. */
export function correctedXmp(xmp: string): string {
  const upright = xmp
    .replace(/(<tiff:Orientation>)\s*\d+\s*(<\/tiff:Orientation>)/g, '$11$2')
    .replace(/(tiff:Orientation\s*=\s*["'])\d+(["'])/g, '$11$2');
  return without(without(upright, 'xmp:Thumbnails'), 'xap:Thumbnails');
}

/** A packet without an element, in one pass: a pattern would look for the end of each beginning anew, and packets can be made of beginnings. */
function without(xmp: string, element: string): string {
  const [begin, end] = [`<${element}>`, `</${element}>`];
  const kept: string[] = [];
  for (let from = 0; ; ) {
    const begun = xmp.indexOf(begin, from);
    const ended = begun < 0 ? -1 : xmp.indexOf(end, begun);
    if (ended < 0) return [...kept, xmp.slice(from)].join('');
    kept.push(xmp.slice(from, begun));
    from = ended + end.length;
  }
}

/** A packet that tells what the EXIF data tell, for files that can hold no EXIF. Nothing where there is nothing to tell. */
export function xmpOfExif({ IFD0, IFD2 }: KeptExif): string | undefined {
  const properties = Object.entries({ ...IFD0, ...IFD2 })
    .filter(([name]) => name in XMP_NAMES)
    .map(([name, value]) => `${XMP_NAMES[name]}="${escaped(name.startsWith('DateTime') ? isoDate(value) : value)}"`);
  return properties.length === 0 ? undefined : packet(properties);
}

function packet(properties: readonly string[]): string {
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 ${properties.join('\n ')}/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

/** `2020:01:02 03:04:05` as `2020-01-02T03:04:05`. */
function isoDate(exifDate: string): string {
  return exifDate.replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
