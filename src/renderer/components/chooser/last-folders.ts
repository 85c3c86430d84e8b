import type { Choice, ChoiceKind } from '../../../shared/contract/choice.js';
import type { Reply } from '../../../shared/contract/requests.js';

const KEY = 'chromabench.chooser.';

/** Folder to begin a choice in; undefined for the home folder. */
export function beginning({ kind, start }: Choice, places: Reply<'listPlaces'> | undefined): string | undefined {
  return start ?? sessionStorage.getItem(KEY + kind) ?? ownPlace(kind, places);
}

/** Where the program itself keeps what is asked for. */
function ownPlace(kind: ChoiceKind, places: Reply<'listPlaces'> | undefined): string | undefined {
  if (kind === 'run') return places?.runs;
  return kind === 'lab' ? places?.labs : undefined;
}

/** A choice of that kind was made there: the next one begins there. */
export function leftAt(kind: ChoiceKind, folder: string): void {
  sessionStorage.setItem(KEY + kind, folder);
}
