/** The formulas of python/fixtures/pattern.py: numbers that both sides can compute. */

/** sin(1.7 i + phase + 0.3), kept 0.1 away from zero, times scale, plus offset. */
export function pattern(count: number, phase: number, scale = 1, offset = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const s = Math.sin(1.7 * i + phase + 0.3);
    return (s + 0.1 * Math.sign(s)) * scale + offset;
  });
}

/** The fraction of 43758.5453 sin(12.9898 i + phase + 0.3), which looks random, as values in offset ± scale. */
export function noise(count: number, phase: number, scale = 1, offset = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const s = Math.sin(12.9898 * i + phase + 0.3) * 43758.5453;
    return (2 * (s - Math.floor(s)) - 1) * scale + offset;
  });
}

/** A phase from a variable's name. */
export function namePhase(name: string): number {
  return [...Buffer.from(name)].reduce((sum, byte) => sum + byte, 0) % 100;
}

export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
