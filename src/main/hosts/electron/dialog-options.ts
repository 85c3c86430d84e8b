import type { OpenDialogOptions } from 'electron';
import { FILE_ENDINGS, type Choice, type ChoiceKind } from '../../../shared/contract/choice.js';
import { PICTURE_ENDINGS } from '../../../shared/picture-names.js';

type Property = NonNullable<OpenDialogOptions['properties']>[number];

const FOLDER: Property[] = ['openDirectory'];

/** The system's dialog for a choice. Only Apple's offers files and folders in one; elsewhere folders of photographs are dropped on the window. */
export function dialogOptions({ kind, title, action, start }: Choice, isMac: boolean): OpenDialogOptions {
  const properties: Record<ChoiceKind, Property[]> = {
    folder: FOLDER,
    run: FOLDER,
    lab: FOLDER,
    points: ['openFile'],
    graph: ['openFile'],
    checkpoint: ['openFile'],
    'graph-input': ['openFile'],
    'save-folder': [...FOLDER, 'createDirectory', 'promptToCreate'],
    photographs: ['openFile', 'multiSelections', ...(isMac ? FOLDER : [])],
  };
  return {
    title, message: title, buttonLabel: action, defaultPath: start, properties: properties[kind],
    ...filtersOf(kind),
  };
}

function filtersOf(kind: ChoiceKind): Pick<OpenDialogOptions, 'filters'> {
  const endings = kind === 'photographs' ? PICTURE_ENDINGS : FILE_ENDINGS[kind];
  if (endings === undefined) return {};
  return { filters: [{ name: NAMES[kind] ?? 'Files', extensions: [...endings] }, { name: 'All files', extensions: ['*'] }] };
}

const NAMES: Partial<Record<ChoiceKind, string>> = { photographs: 'Photographs', points: 'Points', graph: 'Graphs', checkpoint: 'Checkpoints', 'graph-input': 'Photographs and tables' };
