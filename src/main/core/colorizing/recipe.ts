/**
 * What decides how a colorized picture looks: the same recipe makes the same picture.
 */
import { createHash } from 'node:crypto';
import type { PictureFormat } from './picture-file.js';

/** Changes whenever the program would colorize or write a picture otherwise than before. */
const METHOD_VERSION = 1;

export interface ColorizeSettings {
  /** 1 the plain mean of the colours, towards 0 the likeliest one. */
  temperature: number;
  format: PictureFormat;
}

/**
 * @param photograph the file's bytes
 * @param model names the trained network and its checkpoint
 * @returns SHA-256, hex
 */
export function recipeOf(photograph: Uint8Array, model: string, { temperature, format }: ColorizeSettings): string {
  const content = createHash('sha256').update(photograph).digest('hex');
  return createHash('sha256').update(JSON.stringify([METHOD_VERSION, content, model, temperature, format])).digest('hex');
}
