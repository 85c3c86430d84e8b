/** Pictures made for a test, from a formula. */
import { sharp } from '../../../../src/main/core/photos/codec.js';

export type Paint = (x: number, y: number) => [r: number, g: number, b: number];

/** Raw pixels. Uint8Array [height, width, 3] */
export function painted(width: number, height: number, paint: Paint): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(paint(x, y), (y * width + x) * 3);
  }
  return data;
}

/** The same, as something that sharp can store in any format. */
export function picture(width: number, height: number, paint: Paint) {
  return sharp(painted(width, height, paint), { raw: { width, height, channels: 3 } });
}

/** A colourful picture; another one for each seed. */
export function scene(seed: number): Paint {
  return (x, y) => [(x * 3 + seed * 17) % 256, (y * 5 + seed * 31) % 256, (x + y * 2 + seed * 7) % 256];
}

/** What a scanner makes of paper: structure in lightness, one tint that follows it. */
export function toned(tint: readonly [r: number, g: number, b: number]): Paint {
  return (x, y) => {
    const light = 130 + 60 * Math.sin(x / 12) * Math.cos(y / 15) + 40 * Math.sin((x + 2 * y) / 9);
    return tint.map((share) => Math.min(255, Math.round(light * share))) as [number, number, number];
  };
}
