/** Pictures inside the report: as data in the page, each of bounded size. */
import { readFile } from 'node:fs/promises';
import { sharp, withCodec } from '../photos/codec.js';
import { html, type Markup } from './markup.js';

/** A picture as it lies in the page. */
export interface InlinePicture {
  /** WebP. */
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** @param alt What is to be seen, for those who cannot. */
export function pictureTag({ bytes, width, height }: InlinePicture, alt: string): Markup {
  return html`<img src="data:image/webp;base64,${Buffer.from(bytes).toString('base64')}" width="${width}" height="${height}" alt="${alt}">`;
}

/** A WebP as it is, with its size. @throws where it is no picture. */
export async function webpPicture(bytes: Uint8Array): Promise<InlinePicture> {
  const { width, height } = await withCodec(() => sharp(bytes).metadata());
  return { bytes, width, height };
}

/** Reads a WebP; undefined where it is gone or damaged: a report can do without. */
export function readWebp(path: string): Promise<InlinePicture | undefined> {
  return readFile(path).then(webpPicture).catch(() => undefined);
}
