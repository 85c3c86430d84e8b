/** How series of one chart are told apart: colours that the colour-blind tell apart, and beside them dashes and symbols. */
import type { ChartTheme } from '../theme.js';

export interface SeriesLook {
  colour: string;
  dash: 'solid' | 'dashed' | 'dotted';
  symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'roundRect';
}

/** Okabe and Ito 2008, darkened where they are too pale on white, lightened where too dark on a dark ground. */
const ON_PAPER = ['#595959', '#b35900', '#0072b2', '#00795a', '#a8457f', '#8a6d00', '#2f8fc4'];
const ON_DARK = ['#b5b5b5', '#f0a63c', '#56b4e9', '#2fbf95', '#e08fbc', '#e8d84a', '#9ad0f0'];

const DASHES: SeriesLook['dash'][] = ['solid', 'dashed', 'dotted'];
const SYMBOLS: SeriesLook['symbol'][] = ['circle', 'rect', 'triangle', 'diamond', 'roundRect'];

/** The look of a series by its place in a fixed order: the same place looks the same in every chart. */
export function seriesLook(place: number, theme: ChartTheme): SeriesLook {
  const colours = theme.moreIsDarker ? ON_PAPER : ON_DARK;
  return {
    colour: colours[place % colours.length],
    dash: DASHES[place % DASHES.length],
    symbol: SYMBOLS[place % SYMBOLS.length],
  };
}
