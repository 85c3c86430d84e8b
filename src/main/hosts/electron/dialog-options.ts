import type { OpenDialogOptions } from 'electron';
import type { Choice, ChoiceKind } from '../../../shared/contract/choice.js';
import { PICTURE_ENDINGS } from '../../../shared/picture-names.js';

type Property = NonNullable<OpenDialogOptions['properties']>[number];

const FOLDER: Property[] = ['openDirectory'];

/** The system's dialog for a choice. Only Apple's offers files and folders in one; elsewhere folders of photographs are dropped on the window. */
export function dialogOptions({ kind, title, action, start }: Choice, isMac: boolean): OpenDialogOptions {
  const properties: Record<ChoiceKind, Property[]> = {
    folder: FOLDER,
    run: FOLDER,
    'save-folder': [...FOLDER, 'createDirectory', 'promptToCreate'],
    photographs: ['openFile', 'multiSelections', ...(isMac ? FOLDER : [])],
  };
  return {
    title, message: title, buttonLabel: action, defaultPath: start, properties: properties[kind],
    ...(kind === 'photographs' && { filters: [{ name: 'Photographs', extensions: [...PICTURE_ENDINGS] }, { name: 'All files', extensions: ['*'] }] }),
  };
}
