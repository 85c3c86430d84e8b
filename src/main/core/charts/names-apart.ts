import { basename, resolve, sep } from 'node:path';

/** Short names that tell folders apart: the last part of their paths, and as many before it as it takes. Folders given twice stay namesakes. */
export function namesApart(paths: readonly string[]): string[] {
  const parts = paths.map((path) => resolve(path).split(sep));
  const longest = Math.max(...parts.map(({ length }) => length));
  const distinct = new Set(parts.map((path) => path.join(sep))).size;
  for (let taken = 1; taken < longest; taken++) {
    const names = parts.map((path) => path.slice(-taken).join('/'));
    if (new Set(names).size === distinct) return names;
  }
  return paths.map((path) => basename(path));
}
