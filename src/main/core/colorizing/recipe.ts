/**
 * What decides how a colorized picture looks: the same recipe makes the same picture.
 */
import { createHash } from 'node:crypto';
import { LOSSY_FORMATS, QUALITY } from '../../../shared/contract/kinds/colorize.js';
import type { Hint } from '../../../shared/colour/hints.js';
import type { PictureFormat } from './picture-file.js';

/** Changes whenever the program would colorize or write a picture otherwise than before. */
const METHOD_VERSION = 2;

export interface ColorizeSettings {
  /** 1 the plain mean of the colours, towards 0 the likeliest one. */
  temperature: number;
  format: PictureFormat;
  /** Of JPEG and WebP, 1..100; the usual one where absent. */
  quality?: number;
  /** Whether camera, date, author and place of the photograph are kept; they are where absent. */
  metadata?: boolean;
}

/** What is coloured with what: see `recipeOf`. */
export interface Ingredients {
  /** Content id of the photograph. */
  content: string;
  hints: readonly Hint[];
}

/**
 * @param model names the trained network and its checkpoint
 * @returns SHA-256, hex
 */
export function recipeOf({ content, hints }: Ingredients, model: string, { temperature, format, quality = QUALITY.usual, metadata = true }: ColorizeSettings): string {
  // What is as usual is left away: pictures made before there was a choice are known by the same recipe.
  const chosen = [LOSSY_FORMATS.includes(format) && quality !== QUALITY.usual ? { quality } : [], metadata ? [] : { metadata }, hints.length ? { hints } : []].flat();
  return createHash('sha256').update(JSON.stringify([METHOD_VERSION, content, model, temperature, format, ...chosen])).digest('hex');
}
