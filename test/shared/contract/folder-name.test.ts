import { expect, it } from 'vitest';
import { asFolderName, folderName } from '../../../src/shared/contract/folder-name.js';

it.each(['od#d %41?é & \'q\' <b>', '.hidden', '..', 'a:b*c|d"e', 'line\nbreak', '🏖'.repeat(60), ' ends. '])('makes of the folder %j a name for a run that is taken', (folder) => {
  expect(folderName.safeParse(`${asFolderName(folder, 75)} fast`).success).toBe(true);
});

it('leaves a name that every system takes as it is', () => {
  expect(asFolderName('Strand & Wald é', 75)).toBe('Strand & Wald é');
});
