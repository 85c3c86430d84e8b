/** Text over colours: which ink is read best. */
import { srgbToLinear } from '../colour/srgb.js';

/** Relative luminance of a colour `#rrggbb`, 0..1 (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => srgbToLinear(parseInt(colour.slice(start, start + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1..21 (WCAG 2.2). */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Of some inks the one that stands out most. */
export function readableInk(ground: string, inks: readonly [string, ...string[]]): string {
  return inks.reduce((best, ink) => (contrastOf(ink, ground) > contrastOf(best, ground) ? ink : best));
}
