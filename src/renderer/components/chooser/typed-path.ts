/** What a person types or pastes into the line of a path, as an absolute path. */

const ABSOLUTE = /^(\/|[A-Za-z]:[\\/]|\\\\)/;

export interface Surroundings {
  /** The folder that is shown: what is relative is relative to it. */
  folder: string;
  home: string;
  separator: string;
}

/** Takes `~/Pictures`, `"C:\My Photos"`, `file:///home/me`, `../coast`; dots are the engine's to resolve. */
export function typedPath(text: string, { folder, home, separator }: Surroundings): string {
  const bare = fromAddress(text.trim().replace(/^(["'])(.*)\1$/, '$2'));
  if (bare === '' || bare === '~') return home;
  if (/^~[/\\]/.test(bare)) return joined(home, bare.slice(2), separator);
  return ABSOLUTE.test(bare) ? bare : joined(folder, bare, separator);
}

/** A name in a folder. */
export function joined(folder: string, name: string, separator: string): string {
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

function fromAddress(text: string): string {
  if (!/^file:\/\//i.test(text)) return text;
  try {
    const path = decodeURIComponent(new URL(text).pathname);
    return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
  } catch {
    return text;
  }
}
