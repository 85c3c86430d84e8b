/** Families of colours by their place in the ab plane, with the names that people have for them. */

/** Chroma up to which a colour counts as gray, ab units: the four 10-unit tiles around neutral have their middles below it. */
const GRAY = 10;

interface Family {
  name: string;
  /** Hue angle in the ab plane at which it begins, degrees from the a axis towards b. */
  from: number;
}

/**
 * By ascending angle. The borders lie between the hues of sRGB's own colours: red 40, yellow 103, green 136, cyan 196,
 * blue 306, magenta 328 degrees; skies, whose blue leans to cyan, lie around 270.
 */
const HUES: readonly Family[] = [
  { name: 'red', from: 15 }, { name: 'orange', from: 50 }, { name: 'yellow', from: 82 }, { name: 'green', from: 112 },
  { name: 'cyan', from: 170 }, { name: 'blue', from: 230 }, { name: 'purple', from: 308 }, { name: 'pink', from: 335 },
];

export const COLOUR_FAMILIES: readonly string[] = ['gray', ...HUES.map(({ name }) => name)];

/** Family of a colour. @param a,b ab units */
export function colourFamily(a: number, b: number): string {
  if (Math.hypot(a, b) < GRAY) return 'gray';
  const angle = ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
  return HUES.findLast(({ from }) => angle >= from)?.name ?? HUES[HUES.length - 1].name;
}
