/** Whether a path relative to a folder stays below it, on every system: lists of paths come with folders of strangers. */
export function staysBelow(path: string): boolean {
  return !/^\/|(^|[/\\])\.\.([/\\]|$)/.test(path);
}
