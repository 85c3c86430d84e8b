/**
 * Colour scales that the colour-blind can read, from published palettes.
 */
import { labToSrgb } from '../colour/lab.js';
import { chromaShare } from '../colour/gamut.js';
import type { ChartTheme } from './theme.js';

type Stops = readonly string[];

/** Inferno by Nathaniel Smith and Stefan van der Walt (matplotlib, CC0) at 0, 0.1 .. 1, dark to light. */
const INFERNO: Stops = [
  '#000004', '#160b39', '#420a68', '#6a176e', '#932667', '#bc3754', '#dd513a', '#f37819', '#fca50a', '#f6d746', '#fcffa4',
];

/** Blue to white: ColorBrewer's RdBu; white to red-orange: its OrRd (Cynthia Brewer, colorbrewer2.org, Apache 2.0). Evenly spaced. */
const DIVERGING: Stops = ['#2166ac', '#4393c3', '#92c5de', '#d1e5f0', '#ffffff', '#fdd49e', '#fdbb84', '#ef6548', '#b30000'];

/** The pale end of inferno is lost on white paper and the dark end on a dark ground: counts start this far in. */
const LOWEST_COUNT = 0.1;

/** Colour of a count. @param t 0 for the lowest count shown .. 1 for the highest */
export function countColour(t: number, theme: ChartTheme): string {
  const place = LOWEST_COUNT + (1 - LOWEST_COUNT) * t;
  return between(INFERNO, theme.moreIsDarker ? 1 - place : place);
}

/** Colour of a weight: blue below zero, white at zero, red-orange above. @param t -1..1 */
export function weightColour(t: number): string {
  return between(DIVERGING, (t + 1) / 2);
}

/** Lightness at which chromaticities are shown. */
const SHOWN_LIGHTNESS = 65;

/** A chromaticity as a colour that can be seen: at a lightness, the middle one where absent, with its chroma reduced where sRGB cannot show it. */
export function chromaticityColour(a: number, b: number, lightness = SHOWN_LIGHTNESS): string {
  const share = chromaShare(lightness, a, b);
  return hex(labToSrgb(lightness, a * share, b * share).map((v) => v * 255));
}

/** Colour at a place 0..1 of evenly spaced stops; places outside count as the nearest end. */
function between(stops: Stops, place: number): string {
  const at = Math.min(Math.max(place, 0), 1) * (stops.length - 1);
  const k = Math.min(Math.floor(at), stops.length - 2);
  const low = channels(stops[k]);
  const high = channels(stops[k + 1]);
  return hex(low.map((v, c) => v + (high[c] - v) * (at - k)));
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
}

function hex(rgb: number[]): string {
  const byte = (v: number): string => Math.min(Math.max(Math.round(v), 0), 255).toString(16).padStart(2, '0');
  return `#${rgb.map(byte).join('')}`;
}
