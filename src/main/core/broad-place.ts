import { homedir } from 'node:os';
import { dirname } from 'node:path';

/** Whether a real place holds far more than photographs: a whole disk, everything of a person, or of everybody. */
export function isBroad(place: string, home = homedir()): boolean {
  if (dirname(place) === place) return true;
  for (let folder = home; ; folder = dirname(folder)) {
    if (folder === place) return true;
    if (dirname(folder) === folder) return false;
  }
}
