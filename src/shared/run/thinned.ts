/**
 * Lines of a long list of reports, evenly spread, the last one among them.
 * @param most Lines that are handed over beside those that are kept anyway.
 * @param isKept Whether a line stays whatever its place is.
 */
export function thinned<L>(lines: readonly L[], most: number, isKept: (line: L) => boolean = () => false): L[] {
  const stride = Math.max(1, Math.ceil(lines.length / most));
  return lines.filter((line, index) => isKept(line) || (lines.length - 1 - index) % stride === 0);
}
