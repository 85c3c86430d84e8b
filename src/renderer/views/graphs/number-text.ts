/** A value of a tensor for people: four digits, in powers of ten where plain digits would be many. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(3) : Number(value.toPrecision(4)).toLocaleString('en', { maximumFractionDigits: 8 });
  return text.replaceAll('-', '\u2212');
}
