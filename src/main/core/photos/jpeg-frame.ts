/**
 * The frame header of a JPEG, read without a decoder: most files of a folder are plain JPEGs, and asking sharp for
 * each one's metadata costs a seventh of decoding a small one.
 */

/** ITU-T T.81, B.2.2. */
export interface JpegFrame {
  width: number;
  height: number;
  /** Bits a sample. */
  precision: number;
  /** 1 gray, 3 colour, 4 CMYK. */
  components: number;
  /** Several scans over one picture: the decoder holds all coefficients at once. */
  progressive: boolean;
}

const MARKER = 0xff;
const START_OF_SCAN = 0xda;
const PROGRESSIVE = 0xc2;
/** Markers between 0xC0 and 0xCF that start no frame: Huffman tables, reserved, arithmetic conditioning. */
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc]);

/**
 * @param bytes A file that starts with 0xFFD8.
 * @returns undefined where the markers before the first scan hold no frame header: the file is cut off or strange.
 */
export function jpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 10 <= bytes.length && bytes[at] === MARKER) {
    const marker = bytes[at + 1];
    if (isFrame(marker)) {
      return {
        precision: bytes[at + 4],
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: bytes[at + 9],
        progressive: marker === PROGRESSIVE,
      };
    }
    if (marker === START_OF_SCAN) return undefined;
    at += marker === MARKER ? 1 : 2 + view.getUint16(at + 2); // any number of 0xFF may stand before a marker
  }
  return undefined;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker);
}
