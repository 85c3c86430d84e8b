import { expect, test } from 'vitest';
import { dialogOptions } from '../../../../src/main/hosts/electron/dialog-options.js';
import { givenFolder } from '../../../../src/main/hosts/electron/given-folder.js';

const choice = { title: 'Open a folder of photographs', action: 'Open', start: '/home/a' };

test('each choice gets the dialog that can answer it', () => {
  expect(dialogOptions({ ...choice, kind: 'folder' }, false)).toMatchObject({ title: choice.title, buttonLabel: 'Open', defaultPath: '/home/a', properties: ['openDirectory'] });
  expect(dialogOptions({ ...choice, kind: 'save-folder' }, false).properties).toContain('createDirectory');
  expect(dialogOptions({ ...choice, kind: 'photographs' }, false).properties).toEqual(['openFile', 'multiSelections']);
  expect(dialogOptions({ ...choice, kind: 'photographs' }, true).properties).toEqual(['openFile', 'multiSelections', 'openDirectory']);
  expect(dialogOptions({ ...choice, kind: 'photographs' }, false).filters?.[0].extensions).toEqual(expect.arrayContaining(['jpg', 'png', 'tif', 'webp']));
});

test('the folder of a command line is the first word that is no switch, from where the program was started', () => {
  expect(givenFolder(['--ozone-platform=x11', 'coast'], '/home/a')).toBe('/home/a/coast');
  expect(givenFolder(['/b', '/c'], '/home/a')).toBe('/b');
  expect(givenFolder(['--no-sandbox', ''], '/home/a')).toBeUndefined();
});
